import { IconMailOpened } from '@tabler/icons-react';
import { EmptyNotice } from '../state/notice.view';
import { usePageTitle } from '../state/page-title.hook';
import { text } from '../text/catalogue';
import { mailSearchSchema, type MailSearch } from './mail.search';
import { MessageDetailView } from './message-detail.view';
import { MessageList } from './message-list.view';
import styles from './mail.module.css';

const words = text.mail;

/** States on offer as a filter; the two words for "sending" are one. */
const filterStates = ['sent', 'skipped', 'queued', 'planned', 'uncertain', 'rejected'] as const;

export interface MailPageProps {
  /** The open message; null shows the list alone. */
  messageId: string | null;
  search: MailSearch;
  onSearch: (next: MailSearch) => void;
}

function StateSelect({ search, onSearch }: Pick<MailPageProps, 'search' | 'onSearch'>) {
  const choose = (state: string): void => onSearch(mailSearchSchema.parse({ ...search, state: state || undefined }));
  return (
    <select
      className={styles.select}
      aria-label={words.state}
      value={search.state ?? ''}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">{words.anyState}</option>
      {filterStates.map((state) => (
        <option key={state} value={state}>
          {words.states[state]}
        </option>
      ))}
    </select>
  );
}

/** Everything that went out, was skipped or was caught: list at the left, message at the right. */
export function MailPage({ messageId, search, onSearch }: MailPageProps) {
  usePageTitle(words.title);
  return (
    <div className={styles.page} data-open={messageId !== null || undefined}>
      <div className={styles.head}>
        <h1 className={styles.title}>{words.title}</h1>
        <StateSelect search={search} onSearch={onSearch} />
      </div>
      <div className={`${styles.column} ${styles.listColumn}`}>
        <MessageList search={search} openId={messageId} />
      </div>
      <div className={`${styles.column} ${styles.detailColumn}`}>
        {messageId === null ? (
          <EmptyNotice icon={<IconMailOpened size={22} />} {...words.choose} />
        ) : (
          <MessageDetailView key={messageId} id={messageId} search={search} onSearch={onSearch} />
        )}
      </div>
    </div>
  );
}

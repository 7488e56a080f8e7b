import type { Message } from '@rekindle/contracts';
import { IconMailOff } from '@tabler/icons-react';
import { Instant } from '../format/instant.view';
import { ownerName } from '../format/owner.format';
import { ROW_LINK } from '../leads/lead-cells.view';
import { RowsSkeleton } from '../leads/lead-list.skeleton';
import { useRowKeys } from '../leads/row-keys.hook';
import { PageLink } from '../navigation/navigation.context';
import { EmptyNotice } from '../state/notice.view';
import { Paged } from '../state/paged.view';
import { text } from '../text/catalogue';
import { useMessages } from './mail.queries';
import type { MailSearch } from './mail.search';
import { MessageStateTags } from './message-state.view';
import styles from './mail.module.css';

const words = text.mail;

export interface MessageListProps {
  search: MailSearch;
  openId: string | null;
}

/** Address of a message, keeping the list's filter. */
export const messagePath = (id: string, search: MailSearch): string =>
  search.state === undefined ? `/mail/${id}` : `/mail/${id}?state=${search.state}`;

/** An alert goes to a colleague, everything else to the lead. */
const addressee = (message: Message): string =>
  message.kind === 'alert' ? words.alertTo(ownerName(message.to)) : (message.leadName ?? message.to);

function MessageItem({ message, search, isOpen }: { message: Message; search: MailSearch; isOpen: boolean }) {
  return (
    <li>
      <PageLink
        to={messagePath(message.id, search)}
        className={styles.item}
        aria-current={isOpen ? 'true' : undefined}
        {...{ [ROW_LINK]: '' }}
      >
        <div className={styles.row}>
          <span className={`${styles.who} rk-cut`}>{addressee(message)}</span>
          <span className={styles.when}>
            <Instant at={message.sentAt ?? message.createdAt} isNarrow />
          </span>
        </div>
        <div className="rk-cut">{message.subject === '' ? words.noSubject : message.subject}</div>
        <MessageStateTags message={message} />
      </PageLink>
    </li>
  );
}

function NoMessages({ search }: { search: MailSearch }) {
  const copy = search.state === undefined ? words.empty : words.noMatch;
  return <EmptyNotice icon={<IconMailOff size={22} />} {...copy} />;
}

interface MessagesProps extends MessageListProps {
  messages: readonly Message[];
}

function Messages({ messages, search, openId }: MessagesProps) {
  const list = useRowKeys<HTMLUListElement>(ROW_LINK);
  return (
    <ul ref={list} className={styles.list} aria-label={words.list}>
      {messages.map((message) => (
        <MessageItem key={message.id} message={message} search={search} isOpen={message.id === openId} />
      ))}
    </ul>
  );
}

/** All messages with what became of them. */
export function MessageList({ search, openId }: MessageListProps) {
  const pages = useMessages(search.state);
  return (
    <Paged pages={pages} skeleton={<RowsSkeleton rows={6} height={72} />} empty={<NoMessages search={search} />}>
      {(messages) => <Messages messages={messages} search={search} openId={openId} />}
    </Paged>
  );
}

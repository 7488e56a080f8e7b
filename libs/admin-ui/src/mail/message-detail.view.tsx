import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconChevronLeft, IconMailQuestion } from '@tabler/icons-react';
import { RequestFailure } from '../api/request.failure';
import type { MessageDetail } from '../api/shapes';
import { Instant } from '../format/instant.view';
import { PageLink } from '../navigation/navigation.context';
import { EmptyNotice, FailureNotice } from '../state/notice.view';
import { text } from '../text/catalogue';
import { useMessage } from './mail.queries';
import { previewOf } from './mail.preview';
import { mailSearchSchema, type MailSearch, type MailView } from './mail.search';
import { MessageStateTags } from './message-state.view';
import styles from './mail.module.css';

const words = text.mail;

export interface MessageDetailProps {
  id: string;
  search: MailSearch;
  onSearch: (next: MailSearch) => void;
}

const partOf = (message: MessageDetail): string =>
  message.sequence === null ? words.alert : words.step(message.sequence, (message.step ?? 0) + 1);

function Fields({ message }: { message: MessageDetail }) {
  const { fields } = words;
  return (
    <dl className={styles.fields}>
      <dt>{fields.to}</dt>
      <dd>
        {message.leadId === null ? message.to : <PageLink to={`/leads/${message.leadId}`}>{message.to}</PageLink>}
      </dd>
      <dt>{fields.part}</dt>
      <dd>{partOf(message)}</dd>
      <dt>{message.sentAt === null ? fields.created : fields.sent}</dt>
      <dd>
        <Instant at={message.sentAt ?? message.createdAt} />
      </dd>
      <dt>{fields.template}</dt>
      <dd>{message.template}</dd>
    </dl>
  );
}

function Headers({ headers }: { headers: Record<string, string> }) {
  return (
    <table className={styles.headers}>
      <caption className="rk-hidden">{words.views.headers}</caption>
      <tbody>
        {Object.entries(headers).map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Content({ message, view }: { message: MessageDetail; view: MailView }) {
  if (view === 'text') return <pre className={styles.plain}>{message.text}</pre>;
  if (view === 'headers') return <Headers headers={message.headers} />;
  return (
    <iframe className={styles.frame} sandbox="" srcDoc={previewOf(message.html)} title={words.frame(message.subject)} />
  );
}

function Views({ search, onSearch }: Pick<MessageDetailProps, 'search' | 'onSearch'>) {
  return (
    <div className={styles.views}>
      <SegmentedControl
        size="xs"
        aria-label={words.view}
        value={search.view}
        onChange={(view) => onSearch(mailSearchSchema.parse({ ...search, view }))}
        data={Object.entries(words.views).map(([value, label]) => ({ value, label }))}
      />
      {search.view === 'html' && <span>{words.remote}</span>}
    </div>
  );
}

function MissingMessage() {
  const { title, body, action } = text.notFound.message;
  const link = (
    <Button component={PageLink} to="/mail" variant="default">
      {action}
    </Button>
  );
  return <EmptyNotice icon={<IconMailQuestion size={22} />} title={title} body={body} action={link} />;
}

/** One message as it went out: preview in a frame that may run nothing, plain text, headers. */
export function MessageDetailView({ id, search, onSearch }: MessageDetailProps) {
  const { data: message, error, isFetching, refetch } = useMessage(id);
  if (error instanceof RequestFailure && error.isNotFound) return <MissingMessage />;
  if (message === undefined) {
    return (
      <div style={{ padding: 16 }}>
        {error === null ? (
          <Skeleton height={180} />
        ) : (
          <FailureNotice error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
        )}
      </div>
    );
  }
  return (
    <article className={styles.detail}>
      <header className={styles.detailHead}>
        <PageLink to="/mail" className={styles.back}>
          <IconChevronLeft size={16} aria-hidden="true" />
          {words.back}
        </PageLink>
        <h2 className={styles.subject}>{message.subject === '' ? words.noSubject : message.subject}</h2>
        <Fields message={message} />
        <MessageStateTags message={message} />
      </header>
      <Views search={search} onSearch={onSearch} />
      <div className={styles.content} tabIndex={search.view === 'html' ? undefined : 0}>
        <Content message={message} view={search.view} />
      </div>
    </article>
  );
}

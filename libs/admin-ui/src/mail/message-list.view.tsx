import type { Message } from '@rekindle/contracts';
import { Button } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { Instant } from '../format/instant.view';
import { ownerName } from '../format/owner.format';
import { ROW_LINK } from '../leads/lead-cells.view';
import { RowsSkeleton } from '../leads/lead-list.skeleton';
import { useRowKeys } from '../leads/row-keys.hook';
import { PageLink } from '../navigation/navigation.context';
import { EmptyNotice, FailureNotice } from '../state/notice.view';
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

/** All messages with what became of them. */
export function MessageList({ search, openId }: MessageListProps) {
  const { data, error, isPending, isFetching, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useMessages(
    search.state,
  );
  const list = useRowKeys<HTMLUListElement>(ROW_LINK);
  const messages = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {error !== null && <FailureNotice error={error} isRetrying={isFetching} onRetry={() => void refetch()} />}
      {isPending && error === null && <RowsSkeleton rows={6} height={72} />}
      {data !== undefined && messages.length === 0 && <NoMessages search={search} />}
      <ul ref={list} className={styles.list} aria-label={words.list}>
        {messages.map((message) => (
          <MessageItem key={message.id} message={message} search={search} isOpen={message.id === openId} />
        ))}
      </ul>
      {hasNextPage && (
        <div className={styles.more}>
          <Button variant="default" size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {words.more}
          </Button>
        </div>
      )}
    </>
  );
}

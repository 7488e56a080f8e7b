import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconFilterOff, IconPlayerPause, IconPlayerPlay, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { EmptyNotice, LoadFailure } from '../state/notice.view';
import { usePageTitle } from '../state/page-title.hook';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { LeadCards } from './lead-cards.view';
import { ROW_LINK } from './lead-cells.view';
import { LeadFilters } from './lead-filters.view';
import { RowsSkeleton } from './lead-list.skeleton';
import { LeadPager } from './lead-pager.view';
import { LeadTable } from './lead-table.view';
import { useChangedLeads, useLeads, type LeadListPage } from './leads.queries';
import { isNarrowed, withFirstPage, withoutFilters, type LeadsSearch } from './leads.search';
import styles from './leads.module.css';
import { useRowKeys } from './row-keys.hook';

/** Below this the list is made of cards. */
const PHONE = '(max-width: 48em)';

export interface LeadsPageProps {
  search: LeadsSearch;
  /** Cursors of the pages before this one; the host keeps them beside the address. */
  trail: readonly string[];
  onSearch: (next: LeadsSearch, trail: readonly string[]) => void;
}

interface LiveMarkProps {
  at: string | undefined;
  isLive: boolean;
  onToggle: () => void;
}

function LiveMark({ at, isLive, onToggle }: LiveMarkProps) {
  const { formats } = useWorkspace();
  if (at === undefined) return null;
  return (
    <span className={styles.live}>
      <span className={styles.pulse} data-paused={!isLive || undefined} aria-hidden="true" />
      {isLive ? text.leads.live : text.leads.paused}
      <time dateTime={at} title={formats.full(at)}>
        {text.leads.asOf(formats.clock(at))}
      </time>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={26}
        aria-label={isLive ? text.leads.pause : text.leads.resume}
        onClick={onToggle}
      >
        {isLive ? <IconPlayerPause size={14} /> : <IconPlayerPlay size={14} />}
      </ActionIcon>
    </span>
  );
}

function NoLeads({ search, onSearch }: Pick<LeadsPageProps, 'search' | 'onSearch'>) {
  if (!isNarrowed(search)) {
    return <EmptyNotice icon={<IconUsers size={22} />} title={text.leads.emptyTitle} body={text.leads.emptyBody} />;
  }
  const clear = (
    <Button variant="default" onClick={() => onSearch(withoutFilters(search), [])}>
      {text.leads.noMatchAction}
    </Button>
  );
  return (
    <EmptyNotice
      icon={<IconFilterOff size={22} />}
      title={text.leads.noMatchTitle}
      body={text.leads.noMatchBody}
      action={clear}
    />
  );
}

interface LeadRowsProps extends LeadsPageProps {
  list: LeadListPage;
  isStale: boolean;
  changed: ReadonlySet<string>;
}

function LeadRows({ list, isStale, changed, search, trail, onSearch }: LeadRowsProps) {
  const isPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  if (list.items.length === 0) return <NoLeads search={search} onSearch={onSearch} />;
  return (
    <>
      {isPhone ? (
        <LeadCards rows={list.items} changed={changed} />
      ) : (
        <LeadTable
          rows={list.items}
          changed={changed}
          sort={search.sort}
          onSort={(sort) => onSearch(withFirstPage(search, { sort }), [])}
        />
      )}
      <LeadPager search={search} list={list} isStale={isStale} trail={trail} onSearch={onSearch} />
    </>
  );
}

function Total({ total }: { total: number | undefined }) {
  const { formats } = useWorkspace();
  if (total === undefined) return null;
  return <span className="rk-dim rk-number">{text.leads.total(formats.integer(total), total === 1)}</span>;
}

/** All leads, best first; follows events while it is open. */
export function LeadsPage({ search, trail, onSearch }: LeadsPageProps) {
  usePageTitle(text.leads.title);
  const [isLive, setLive] = useState(true);
  const { data, error, isPending, isPlaceholderData, isFetching, refetch } = useLeads(search, isLive);
  const changed = useChangedLeads(isPlaceholderData ? undefined : data, JSON.stringify(search));
  const list = useRowKeys<HTMLDivElement>(ROW_LINK);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{text.leads.title}</h1>
        <Total total={data?.total} />
        <LiveMark at={data?.at} isLive={isLive && search.cursor === undefined} onToggle={() => setLive(!isLive)} />
      </div>
      <LeadFilters search={search} onSearch={(next) => onSearch(next, [])} />
      <LoadFailure error={error} hasData={data !== undefined} isRetrying={isFetching} onRetry={() => void refetch()} />
      <div
        ref={list}
        className={styles.panel}
        aria-busy={isPending || isPlaceholderData}
        data-stale={isPlaceholderData || undefined}
      >
        {isPending && error === null && <RowsSkeleton />}
        {data !== undefined && (
          <LeadRows list={data} isStale={isPlaceholderData} {...{ changed, search, trail, onSearch }} />
        )}
      </div>
    </div>
  );
}

import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import type { LeadListPage } from './leads.queries';
import { leadPageSizes, withFirstPage, type LeadsSearch } from './leads.search';
import styles from './leads.module.css';

export interface LeadPagerProps {
  search: LeadsSearch;
  list: LeadListPage;
  /** Another page than `list` is on its way: its neighbours are not known yet. */
  isStale: boolean;
  /** Cursors of the pages between the first and this one, oldest first. */
  trail: readonly string[];
  onSearch: (next: LeadsSearch, trail: readonly string[]) => void;
}

/** The page before: by the trail, or the first one when the address was opened afresh. */
export function previousPage(search: LeadsSearch, trail: readonly string[]): { search: LeadsSearch; trail: string[] } {
  const cursor = trail[trail.length - 1];
  if (cursor === undefined) return { search: withFirstPage(search, {}), trail: [] };
  return { search: { ...search, page: search.page - 1, cursor }, trail: trail.slice(0, -1) };
}

/** The page after `nextCursor`; remembers the way back. */
export function nextPage(
  search: LeadsSearch,
  trail: readonly string[],
  nextCursor: string,
): { search: LeadsSearch; trail: string[] } {
  const way = search.cursor === undefined ? [] : [...trail, search.cursor];
  return { search: { ...search, page: search.page + 1, cursor: nextCursor }, trail: way };
}

function PageSize({ search, onSearch }: Pick<LeadPagerProps, 'search' | 'onSearch'>) {
  return (
    <label className={styles.footSize}>
      {text.leads.pageSize}
      <select
        className={styles.select}
        value={search.limit}
        onChange={(event) => onSearch(withFirstPage(search, { limit: Number(event.currentTarget.value) }), [])}
      >
        {leadPageSizes.map((size) => (
          <option key={size} value={size}>
            {size}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Page size, where in the list this page lies, and the way to its neighbours. */
export function LeadPager({ search, list, isStale, trail, onSearch }: LeadPagerProps) {
  const { formats } = useWorkspace();
  const { first, nextCursor } = list;
  const last = first + list.items.length - 1;
  const move = (step: { search: LeadsSearch; trail: string[] }): void => onSearch(step.search, step.trail);
  return (
    <div className={styles.foot}>
      <PageSize search={search} onSearch={onSearch} />
      {search.cursor !== undefined && <span>{text.leads.pinned}</span>}
      <span className={styles.footPages}>
        <span>{text.leads.range(formats.integer(first), formats.integer(last), formats.integer(list.total))}</span>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={text.leads.previous}
          disabled={search.cursor === undefined}
          onClick={() => move(previousPage(search, trail))}
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={text.leads.next}
          disabled={nextCursor === null}
          onClick={() => nextCursor !== null && !isStale && move(nextPage(search, trail, nextCursor))}
        >
          <IconChevronRight size={16} />
        </ActionIcon>
      </span>
    </div>
  );
}

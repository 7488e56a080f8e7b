import type { LeadRow } from '@rekindle/contracts';
import { useTable } from '@tanstack/react-table';
import { IconArrowDown } from '@tabler/icons-react';
import type { MouseEvent, ReactNode } from 'react';
import { useNavigation } from '../navigation/navigation.context';
import { text } from '../text/catalogue';
import { leadColumns, leadTableFeatures, sortOfColumn } from './lead-columns';
import type { LeadsSearch } from './leads.search';
import styles from './leads.module.css';

export interface LeadTableProps {
  rows: LeadRow[];
  changed: ReadonlySet<string>;
  sort: LeadsSearch['sort'];
  onSort: (sort: LeadsSearch['sort']) => void;
}

const classOf = (column: string): string => `${styles[`col-${column}`]} ${column === 'change' ? styles.right : ''}`;

interface HeadingProps extends Pick<LeadTableProps, 'sort' | 'onSort'> {
  column: string;
  children: ReactNode;
}

function Heading({ column, sort, onSort, children }: HeadingProps) {
  const own = sortOfColumn[column];
  if (own === undefined) {
    return (
      <th scope="col" className={classOf(column)}>
        {children}
      </th>
    );
  }
  const isActive = own === sort;
  return (
    <th scope="col" className={classOf(column)} aria-sort={isActive ? 'descending' : 'none'}>
      <button
        type="button"
        className={styles.sortButton}
        data-active={isActive || undefined}
        onClick={() => onSort(own)}
      >
        {children}
        {isActive && <IconArrowDown size={13} aria-hidden="true" />}
      </button>
    </th>
  );
}

/** A click anywhere in a row opens its lead, unless it meant something inside the row or marks text. */
function useRowOpening(): (id: string) => (event: MouseEvent) => void {
  const navigation = useNavigation();
  return (id) => (event) => {
    const isOnControl = event.target instanceof Element && event.target.closest('a, button') !== null;
    if (isOnControl || window.getSelection()?.isCollapsed === false) return;
    const path = `/leads/${id}`;
    if (event.metaKey || event.ctrlKey) window.open(navigation.hrefOf(path), '_blank', 'noopener');
    else navigation.go(path);
  };
}

/** The leads as a table, for windows wide enough. */
export function LeadTable({ rows, changed, sort, onSort }: LeadTableProps) {
  const table = useTable({ features: leadTableFeatures, columns: leadColumns, data: rows, getRowId: (row) => row.id });
  const opening = useRowOpening();
  return (
    <table className={styles.table}>
      <caption className="rk-hidden">{text.leads.table}</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <Heading key={header.id} column={header.column.id} sort={sort} onSort={onSort}>
                <table.FlexRender header={header} />
              </Heading>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id} data-changed={changed.has(row.id) || undefined} onClick={opening(row.id)}>
            {row.getAllCells().map((cell) => (
              <td key={cell.id} className={classOf(cell.column.id)}>
                <table.FlexRender cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

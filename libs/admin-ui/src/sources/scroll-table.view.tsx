import type { ReactNode } from 'react';
import styles from './sources.module.css';

interface ScrollTableProps {
  label: string;
  heads: readonly string[];
  /** True where the last column stands at the right, as buttons do. */
  isLastRight?: boolean;
  /** At most as high as a part of the page, and scrolled within. */
  isLimited?: boolean;
  /** Its rows. */
  children: ReactNode;
}

/** A table that scrolls by itself where the page is too narrow, also by keyboard. */
export function ScrollTable({ label, heads, isLastRight = false, isLimited = false, children }: ScrollTableProps) {
  return (
    <div className={isLimited ? styles.limited : styles.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={styles.table} data-last={isLastRight ? 'right' : undefined}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

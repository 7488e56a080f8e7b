import type { LeadRow } from '@rekindle/contracts';
import { LastSeenCell, LeadCell } from './lead-cells.view';
import { ChangeMark, EngagementBar, PriorityMark } from './score.parts';
import styles from './leads.module.css';

/** The leads as cards, for a phone. */
export function LeadCards({ rows, changed }: { rows: LeadRow[]; changed: ReadonlySet<string> }) {
  return (
    <ul className={styles.cards}>
      {rows.map((lead) => (
        <li key={lead.id} className={styles.card} data-changed={changed.has(lead.id) || undefined}>
          <div className="rk-cut">
            <LeadCell lead={lead} />
          </div>
          <div className={styles.cardPriority}>
            <PriorityMark {...lead.priority} />
          </div>
          <div className={styles.cardMeter}>
            <EngagementBar {...lead.engagement} />
          </div>
          <div className={styles.cardFoot}>
            <span className="rk-cut">{lead.account?.name}</span>
            <ChangeMark value={lead.engagement.change7d} />
            <LastSeenCell lead={lead} />
          </div>
        </li>
      ))}
    </ul>
  );
}

import type { LeadRow } from '@rekindle/contracts';
import { Instant } from '../format/instant.view';
import { leadName, ownerName } from '../format/owner.format';
import { PageLink } from '../navigation/navigation.context';
import { text } from '../text/catalogue';
import styles from './leads.module.css';

/** Marks the links that `j` and `k` walk along. */
export const ROW_LINK = 'data-row-link';

/** Title and e-mail under the name; whatever the name already says is left out. */
const underName = (lead: LeadRow): string =>
  [lead.title, lead.name === null ? null : lead.email].filter((part) => part !== null).join(' · ');

/** Name, title and e-mail of a lead; the name opens it. */
export function LeadCell({ lead }: { lead: LeadRow }) {
  const name = leadName(lead) ?? text.leads.unnamed;
  return (
    <>
      <PageLink to={`/leads/${lead.id}`} className={`${styles.name} rk-cut`} title={name} {...{ [ROW_LINK]: '' }}>
        {name}
      </PageLink>
      <span className={`${styles.sub} rk-cut`} title={underName(lead)}>
        {underName(lead)}
      </span>
    </>
  );
}

/** The lead's company, cut where it is too long. */
export function AccountCell({ lead }: { lead: LeadRow }) {
  if (lead.account === null) return <span className="rk-dim">{text.dash}</span>;
  return (
    <div className="rk-cut" title={lead.account.name}>
      {lead.account.name}
    </div>
  );
}

/** When the lead last did anything. */
export function LastSeenCell({ lead }: { lead: LeadRow }) {
  if (lead.lastActivityAt === null) return <span className="rk-dim">{text.leads.never}</span>;
  return <Instant at={lead.lastActivityAt} isNarrow />;
}

/** Who works on the lead; the whole address in the tooltip. */
export function OwnerCell({ lead }: { lead: LeadRow }) {
  if (lead.owner === null) return <span className="rk-dim">{text.leads.noOwner}</span>;
  return (
    <div className="rk-cut" title={lead.owner}>
      {ownerName(lead.owner)}
    </div>
  );
}

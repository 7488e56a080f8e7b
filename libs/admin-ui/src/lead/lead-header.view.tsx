import type { LeadDetail } from '@rekindle/contracts';
import { IconChevronLeft, IconMailCheck, IconMailOff, IconUser } from '@tabler/icons-react';
import { leadName, ownerName } from '../format/owner.format';
import { PriorityMark, ToneBadge, useTierLabel } from '../leads/score.parts';
import { PageLink } from '../navigation/navigation.context';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import styles from './lead.module.css';

const words = text.lead;

function Subtitle({ lead }: { lead: LeadDetail }) {
  const email = lead.name === null ? null : lead.email;
  const parts = [lead.title, lead.account?.name ?? null, email].filter((part) => part !== null);
  return (
    <div className={styles.subtitle}>
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </div>
  );
}

function Consent({ isSuppressed }: { isSuppressed: boolean }) {
  return isSuppressed ? (
    <ToneBadge tone="hot">
      <IconMailOff size={13} aria-hidden="true" />
      {words.suppressed}
    </ToneBadge>
  ) : (
    <ToneBadge tone="none">
      <IconMailCheck size={13} aria-hidden="true" />
      {words.mailable}
    </ToneBadge>
  );
}

function Facts({ lead }: { lead: LeadDetail }) {
  const { formats } = useWorkspace();
  const tierOf = useTierLabel();
  const { grade } = lead.score.fit;
  return (
    <div className={styles.facts}>
      {grade !== null && <ToneBadge tone="none">{text.leads.grade(grade)}</ToneBadge>}
      <ToneBadge tone="none">{tierOf(lead.score.usage.tier)}</ToneBadge>
      <Consent isSuppressed={lead.isSuppressed} />
      <ToneBadge tone="none">
        <IconUser size={13} aria-hidden="true" />
        <span title={lead.owner ?? undefined}>{lead.owner === null ? words.noOwner : ownerName(lead.owner)}</span>
      </ToneBadge>
      <span className="rk-dim">{words.since(formats.day(lead.createdAt))}</span>
    </div>
  );
}

/** Who this is, how much they matter and what to do next. */
export function LeadHeader({ lead }: { lead: LeadDetail }) {
  const { priority } = lead.score;
  return (
    <header className={styles.header}>
      <div className={styles.who}>
        <PageLink to="/leads" className={styles.back}>
          <IconChevronLeft size={16} aria-hidden="true" />
          {words.back}
        </PageLink>
        <h1 className={styles.name}>{leadName(lead) ?? text.leads.unnamed}</h1>
        <Subtitle lead={lead} />
        <Facts lead={lead} />
      </div>
      <div className={styles.next}>
        <PriorityMark cell={priority.cell} label={priority.label} />
        {priority.nextStep !== '' && (
          <p>
            <span className="rk-dim">{words.nextStep}: </span>
            {priority.nextStep}
          </p>
        )}
      </div>
    </header>
  );
}

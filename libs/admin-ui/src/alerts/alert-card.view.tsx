import type { Alert } from '@rekindle/contracts';
import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { Instant } from '../format/instant.view';
import { ownerName } from '../format/owner.format';
import { ROW_LINK } from '../leads/lead-cells.view';
import { PageLink } from '../navigation/navigation.context';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import styles from './alerts.module.css';

const words = text.alerts;

/** Signals that explain an alert: how often, and worth how many points. */
export function CauseList({ causes }: { causes: Alert['causes'] }) {
  const { formats } = useWorkspace();
  return (
    <ul className={styles.causes}>
      {causes.map((cause) => (
        <li key={cause.signal} className={styles.cause}>
          <b>{cause.label}</b>
          <span className="rk-number">{text.times(formats.integer(cause.count))}</span>
          <span className="rk-dim rk-number">{formats.signed(cause.points)}</span>
        </li>
      ))}
    </ul>
  );
}

function AlertMeta({ alert }: { alert: Alert }) {
  const { formats } = useWorkspace();
  const owner = alert.owner === null ? words.noOwner : words.owner(ownerName(alert.owner));
  return (
    <div className={styles.meta}>
      {alert.accountName !== null && <span>{alert.accountName}</span>}
      <span>{alert.ruleName}</span>
      <Instant at={alert.at} />
      <span>{owner}</span>
      <span>{words.scoreThen(formats.score(alert.score))}</span>
    </div>
  );
}

function AlertFacts({ alert }: { alert: Alert }) {
  return (
    <dl className={styles.facts}>
      {alert.causes.length > 0 && (
        <>
          <dt>{words.causes}</dt>
          <dd>
            <CauseList causes={alert.causes} />
          </dd>
        </>
      )}
      {alert.nextStep !== '' && (
        <>
          <dt>{words.nextStep}</dt>
          <dd>{alert.nextStep}</dd>
        </>
      )}
    </dl>
  );
}

export interface AlertCardProps {
  alert: Alert;
  onMove: (alert: Alert) => void;
}

/** One alert: who, why, what next, and the one thing to do with it. */
export function AlertCard({ alert, onMove }: AlertCardProps) {
  const isUnread = alert.state === 'unread';
  return (
    <li className={styles.alert}>
      <article className={styles.top} aria-label={alert.leadName}>
        <div className={styles.what}>
          {isUnread && <span className={styles.unread} aria-hidden="true" />}
          <PageLink to={`/leads/${alert.leadId}`} className={styles.lead} {...{ [ROW_LINK]: '' }}>
            {alert.leadName}
          </PageLink>
          <AlertMeta alert={alert} />
          <p className={styles.sentence}>{alert.sentence}</p>
          <AlertFacts alert={alert} />
        </div>
        <Button
          size="xs"
          variant="default"
          leftSection={
            isUnread ? <IconCheck size={14} aria-hidden="true" /> : <IconArrowBackUp size={14} aria-hidden="true" />
          }
          aria-label={`${isUnread ? words.markDone : words.markUnread}: ${alert.leadName}`}
          onClick={() => onMove(alert)}
        >
          {isUnread ? words.markDone : words.markUnread}
        </Button>
      </article>
    </li>
  );
}

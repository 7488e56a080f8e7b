import { Button, Group, NativeSelect } from '@mantine/core';
import { IconBolt, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { DAY_MS } from '../format/formats';
import { Instant } from '../format/instant.view';
import { RowsSkeleton } from '../leads/lead-list.skeleton';
import { PageLink } from '../navigation/navigation.context';
import { EmptyNotice } from '../state/notice.view';
import { Paged } from '../state/paged.view';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { useEventStream, type EventStatus, type StoredEvent } from './event-stream.queries';
import { ScrollTable } from './scroll-table.view';
import styles from './sources.module.css';

const words = text.sources.events;
/** What rules let pass unless they say otherwise. */
const LATE_AFTER_MS = DAY_MS;
const statuses = ['scored', 'unscored', 'rejected'] as const;

function Who({ event }: { event: StoredEvent }) {
  const name = event.userId ?? event.anonymousId;
  if (event.leadId === null) return <span className="rk-dim">{name ?? words.nobody}</span>;
  return <PageLink to={`/leads/${event.leadId}`}>{name ?? words.byAddress}</PageLink>;
}

/** Who did it, with the evidence on demand. */
function Verdict({ found }: { found: NonNullable<StoredEvent['classification']> }) {
  const evidence = found.evidence.length === 0 ? words.noEvidence : found.words;
  return (
    <details className={styles.verdict} data-verdict={found.verdict}>
      <summary aria-label={`${words.verdict}: ${words.verdicts[found.verdict]}`}>
        {words.verdicts[found.verdict]}
      </summary>
      {evidence}
    </details>
  );
}

function Signal({ event: { signal, signalLabel, points } }: { event: StoredEvent }) {
  const { formats } = useWorkspace();
  if (signal === null) return <span className="rk-dim">{words.noSignal}</span>;
  return (
    <>
      {signalLabel ?? signal}
      {points !== null && <div className={styles.reason}>{words.worth(formats.points(points))}</div>}
    </>
  );
}

/** What came long after it happened counts as of then, and as a rule sets nothing off. */
function Late({ event: { timestamp, receivedAt } }: { event: StoredEvent }) {
  if (timestamp === null || Date.parse(receivedAt) - Date.parse(timestamp) <= LATE_AFTER_MS) return null;
  return (
    <div className={styles.reason}>
      {words.late} <Instant at={timestamp} isNarrow />
    </div>
  );
}

function EventRow({ event }: { event: StoredEvent }) {
  const name = event.name ?? event.type ?? words.unnamed;
  const hasDetails = Object.keys(event.properties).length > 0;
  return (
    <tr>
      <td className={styles.when}>
        <Instant at={event.receivedAt} isNarrow />
        <Late event={event} />
      </td>
      <th scope="row" className={styles.name}>
        {hasDetails ? (
          <details>
            <summary aria-label={words.details(name)}>{name}</summary>
            <pre className={styles.payload} tabIndex={0}>
              {JSON.stringify(event.properties, null, 2)}
            </pre>
          </details>
        ) : (
          name
        )}
      </th>
      <td className={styles.name}>
        <Who event={event} />
      </td>
      <td>
        <span className={styles.tag} data-status={event.status}>
          {words.statuses[event.status]}
        </span>
        {event.code !== null && <div className={styles.reason}>{words.reasons[event.code] ?? event.code}</div>}
        {event.classification !== null && <Verdict found={event.classification} />}
      </td>
      <td>
        <Signal event={event} />
      </td>
    </tr>
  );
}

function EventTable({ events }: { events: readonly StoredEvent[] }) {
  const { received, event, who, status, signal } = words.columns;
  return (
    <ScrollTable label={words.table} heads={[received, event, who, status, signal]}>
      {events.map((each) => (
        <EventRow key={each.id} event={each} />
      ))}
    </ScrollTable>
  );
}

interface EventStreamProps {
  status: EventStatus | undefined;
  onStatus: (status: EventStatus | undefined) => void;
}

function StreamControls({
  status,
  onStatus,
  isLive,
  onLive,
}: EventStreamProps & { isLive: boolean; onLive: (isLive: boolean) => void }) {
  return (
    <Group gap="xs">
      <NativeSelect
        size="xs"
        aria-label={words.status}
        value={status ?? ''}
        onChange={(event) => onStatus(statuses.find((each) => each === event.currentTarget.value))}
        data={[{ value: '', label: words.all }, ...statuses.map((value) => ({ value, label: words.statuses[value] }))]}
      />
      <Button
        size="xs"
        variant="default"
        leftSection={isLive ? <IconPlayerPause size={14} /> : <IconPlayerPlay size={14} />}
        onClick={() => onLive(!isLive)}
      >
        {isLive ? words.pause : words.resume}
      </Button>
    </Group>
  );
}

/** Everything stored as it arrives, with what became of it; refused events with their reason. */
export function EventStream({ status, onStatus }: EventStreamProps) {
  const [isLive, setLive] = useState(true);
  const pages = useEventStream(status, isLive);
  const controls = <StreamControls status={status} onStatus={onStatus} isLive={isLive} onLive={setLive} />;
  return (
    <Panel title={words.title} aside={controls}>
      <Paged
        pages={pages}
        skeleton={<RowsSkeleton rows={8} height={36} />}
        empty={<EmptyNotice icon={<IconBolt size={22} />} {...words.none[status ?? 'all']} />}
      >
        {(events) => <EventTable events={events} />}
      </Paged>
    </Panel>
  );
}

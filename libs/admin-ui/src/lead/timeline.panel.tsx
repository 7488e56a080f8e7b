import { Skeleton } from '@mantine/core';
import { IconActivity, IconBell, IconBolt, IconGauge, IconMail, IconRoute, IconTrendingUp } from '@tabler/icons-react';
import type { TimelineItem } from '../api/shapes';
import { Instant } from '../format/instant.view';
import { Paged } from '../state/paged.view';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { useTimeline } from './lead.queries';
import styles from './lead.module.css';

const words = text.lead.timeline;

const iconOf: Record<TimelineItem['kind'], typeof IconBell> = {
  event: IconActivity,
  band: IconTrendingUp,
  tier: IconGauge,
  firing: IconBolt,
  alert: IconBell,
  message: IconMail,
  enrolment: IconRoute,
};

function Item({ item }: { item: TimelineItem }) {
  const { formats } = useWorkspace();
  const Icon = iconOf[item.kind];
  return (
    <li className={styles.item} data-kind={item.kind}>
      <span className={styles.itemIcon} title={words.kinds[item.kind]}>
        <Icon size={14} aria-hidden="true" />
        <span className="rk-hidden">{words.kinds[item.kind]}: </span>
      </span>
      <div className={styles.itemText}>
        <div className={styles.itemTitle}>{item.title}</div>
        {item.detail !== null && item.detail !== '' && (
          <div className={styles.itemDetail} title={item.detail}>
            {item.detail}
          </div>
        )}
        <div className={styles.itemMeta}>
          <Instant at={item.at} />
          {item.points !== null && <span className="rk-number">{words.worth(formats.points(item.points))}</span>}
        </div>
      </div>
    </li>
  );
}

/** Everything that happened, newest first: events with their worth today, crossings, alerts, mails. */
export function TimelinePanel({ leadId }: { leadId: string }) {
  const pages = useTimeline(leadId);
  return (
    <Panel title={words.title}>
      <Paged pages={pages} skeleton={<Skeleton height={320} />} empty={<p className="rk-dim">{words.empty}</p>}>
        {(items) => (
          <ol className={styles.timeline}>
            {items.map((item) => (
              <Item key={item.id} item={item} />
            ))}
          </ol>
        )}
      </Paged>
    </Panel>
  );
}

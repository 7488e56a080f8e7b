import type { LeadDetail } from '@rekindle/contracts';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import styles from './lead.module.css';

const words = text.lead;

/** A trait as one line: text as it is, anything else as JSON. */
export const traitText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** What is known besides behaviour: identities and traits as they came in. */
export function DetailsPanel({ lead }: { lead: LeadDetail }) {
  return (
    <Panel title={words.more}>
      <dl className={styles.details}>
        {lead.identities.map(({ kind, value }) => (
          <div key={`${kind}:${value}`}>
            <dt>{words.kinds[kind] ?? kind}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {Object.entries(lead.traits).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{traitText(value)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

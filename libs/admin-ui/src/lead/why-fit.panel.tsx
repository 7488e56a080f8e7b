import { IconCheck, IconMinus, IconQuestionMark, IconX } from '@tabler/icons-react';
import type { FitReason, ScoreAnswer } from '../api/shapes';
import { Panel } from '../state/panel.view';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import styles from './lead.module.css';

const words = text.lead.why;

type Weight = 'for' | 'against' | 'neither' | 'unknown';

const iconOf = { for: IconCheck, against: IconX, neither: IconMinus, unknown: IconQuestionMark } as const;

/** A match may speak against a lead; no match merely adds nothing. */
function weightOf({ result, points }: FitReason): Weight {
  if (result === 'unknown') return 'unknown';
  if (result === 'mismatch') return 'neither';
  return points > 0 ? 'for' : 'against';
}

function Reason({ reason }: { reason: FitReason }) {
  const { formats } = useWorkspace();
  const weight = weightOf(reason);
  const Icon = iconOf[weight];
  return (
    <li className={styles.reason} data-weight={weight}>
      <Icon size={16} aria-hidden="true" />
      <span className={styles.reasonLabel}>{reason.label}</span>
      <span className="rk-dim">{words.results[reason.result]}</span>
      <span className={styles.number}>{reason.result === 'match' ? formats.signed(reason.points) : text.dash}</span>
    </li>
  );
}

/** Every fit criterion with whether it matches; unknown is not the same as no match. */
export function WhyFitPanel({ fit }: { fit: ScoreAnswer['fit'] }) {
  return (
    <Panel title={words.fit}>
      {fit.reasons.length === 0 ? (
        <p className="rk-dim">{words.fitNone}</p>
      ) : (
        <ul className={styles.reasons}>
          {fit.reasons.map((reason) => (
            <Reason key={reason.key} reason={reason} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

import type { ReactNode } from 'react';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import styles from './score.module.css';
import { bandTone, cellTone, type Tone } from './tone';

export interface EngagementBarProps {
  score: number;
  band: string | null;
  state: 'none' | 'zero' | 'active' | 'was-active';
}

/** The band's name as the workspace calls it. */
export function useBandLabel(): (band: string | null) => string {
  const { workspace } = useWorkspace();
  return (band) => workspace.bands.find((candidate) => candidate.key === band)?.label ?? band ?? text.bands.none;
}

/** The tier's name as the workspace calls it. */
export function useTierLabel(): (tier: string) => string {
  const { workspace } = useWorkspace();
  return (tier) => workspace.tiers.find((candidate) => candidate.key === tier)?.label ?? tier;
}

/** Score, bar and band side by side. A lead without a score shows no number: no score is not zero. */
export function EngagementBar({ score, band, state }: EngagementBarProps) {
  const { formats, workspace } = useWorkspace();
  const labelOf = useBandLabel();
  const tone = styles[bandTone(workspace.bands, band)];
  const isScored = state !== 'none';
  return (
    <span className={`${styles.engagement} ${tone}`}>
      <span className={styles.value}>{isScored ? formats.score(score) : text.dash}</span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.fill} style={{ width: `${isScored ? Math.max(2, Math.min(100, score)) : 0}%` }} />
      </span>
      <span className={styles.band}>{labelOf(band)}</span>
    </span>
  );
}

/** `▲ +3.2`: direction by arrow and sign, colour only in addition. */
export function ChangeMark({ value }: { value: number }) {
  const { formats } = useWorkspace();
  const shown = formats.signed(value);
  if (Number.parseFloat(value.toFixed(1)) === 0) {
    return (
      <span className={`${styles.change} rk-dim`} title={text.leads.flat}>
        <span className={styles.arrow} />
        {shown}
      </span>
    );
  }
  const isRise = value > 0;
  return (
    <span className={`${styles.change} ${isRise ? styles.up : styles.down}`}>
      <span className={styles.arrow} aria-hidden="true">
        {isRise ? '▲' : '▼'}
      </span>
      {shown}
    </span>
  );
}

/** Cell of the fit × engagement matrix with what it means. */
export function PriorityMark({ cell, label }: { cell: string; label: string }) {
  return (
    <span className={`${styles.priority} ${styles[cellTone(cell)]}`}>
      <span className={styles.cell}>{cell}</span>
      <span className="rk-cut" title={label}>
        {label}
      </span>
    </span>
  );
}

/** A short word on a soft ground of its tone. */
export function ToneBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`${styles.badge} ${styles[tone]}`}>{children}</span>;
}

import type { ReactNode } from 'react';
import type { ScoreAnswer } from '../api/shapes';
import { DAY_MS } from '../format/formats';
import { useNow } from '../format/now.context';
import { ToneBadge, useBandLabel, useTierLabel } from '../leads/score.parts';
import { bandTone } from '../leads/tone';
import { text } from '../text/catalogue';
import { useWorkspace } from '../workspace/workspace.context';
import { crossingsAhead } from './next-crossing';
import styles from './lead.module.css';

const words = text.lead.cards;

interface CardProps {
  title: string;
  value: ReactNode;
  badge?: ReactNode;
  lines: readonly ReactNode[];
}

function Card({ title, value, badge, lines }: CardProps) {
  return (
    <section className={styles.card} aria-label={title}>
      <h2 className={styles.cardTitle}>{title}</h2>
      <div className={styles.cardValue}>
        {value}
        {badge}
      </div>
      {lines.map((line, index) => (
        <div key={index} className={styles.cardLine}>
          {line}
        </div>
      ))}
    </section>
  );
}

const arrowOf = { rising: '▲', steady: '▬', cooling: '▼' } as const;

function EngagementCard({ engagement }: { engagement: ScoreAnswer['engagement'] }) {
  const { formats, workspace } = useWorkspace();
  const labelOf = useBandLabel();
  const { trend, state } = engagement;
  const isScored = state !== 'none';
  return (
    <Card
      title={words.engagement}
      value={isScored ? formats.score(engagement.score) : text.dash}
      badge={<ToneBadge tone={bandTone(workspace.bands, engagement.band)}>{labelOf(engagement.band)}</ToneBadge>}
      lines={[
        <span key="trend" className={styles.trend} data-direction={trend.direction}>
          <span aria-hidden="true">{arrowOf[trend.direction]}</span> {words.trend[trend.direction]},{' '}
          {words.change(formats.signed(trend.changePoints))}
        </span>,
        state === 'active' ? words.points(formats.points(engagement.points)) : words.states[state],
      ]}
    />
  );
}

function useFitWords(): (fit: ScoreAnswer['fit']) => string {
  const { formats } = useWorkspace();
  return ({ score, reasons }) => {
    if (score === null) return words.fitNothing;
    const matches = reasons.filter(({ result }) => result === 'match');
    const against = matches.filter(({ points }) => points <= 0).length;
    const inFavour = matches.length - against;
    const unknown = reasons.filter(({ result }) => result === 'unknown').length;
    const parts = [
      words.fitMatches(formats.integer(inFavour), inFavour === 1),
      against > 0 ? words.fitAgainst(formats.integer(against)) : '',
      unknown > 0 ? words.fitUnknown(formats.integer(unknown)) : '',
    ];
    return parts.filter((part) => part !== '').join(', ');
  };
}

function FitCard({ fit }: { fit: ScoreAnswer['fit'] }) {
  const { formats } = useWorkspace();
  const inWords = useFitWords();
  return (
    <Card
      title={words.fit}
      value={fit.score === null ? text.dash : formats.score(fit.score)}
      badge={fit.grade === null ? null : <ToneBadge tone="none">{text.leads.grade(fit.grade)}</ToneBadge>}
      lines={[inWords(fit), fit.isDisqualified ? words.disqualified : '']}
    />
  );
}

function UsageCard({ usage }: { usage: ScoreAnswer['usage'] }) {
  const { formats } = useWorkspace();
  const tierOf = useTierLabel();
  const now = useNow();
  const hasUsed = usage.daysSinceLast !== null;
  const lastUse = words.lastUse(formats.relative(now - (usage.daysSinceLast ?? 0) * DAY_MS, now));
  const features = words.features(formats.integer(usage.distinctFeatures), usage.distinctFeatures === 1);
  const details = [
    features,
    lastUse,
    usage.firstTier === null || usage.firstTier === usage.tier ? null : words.firstTier(tierOf(usage.firstTier)),
  ];
  return (
    <Card
      title={words.usage}
      value={hasUsed ? formats.score(usage.score) : text.dash}
      badge={<ToneBadge tone="none">{tierOf(usage.tier)}</ToneBadge>}
      lines={
        hasUsed
          ? [
              words.events(formats.integer(usage.events30d), usage.events30d === 1),
              details.filter((part) => part !== null).join(', '),
            ]
          : [words.neverUsed]
      }
    />
  );
}

function ForecastCard({ engagement }: { engagement: ScoreAnswer['engagement'] }) {
  const { formats } = useWorkspace();
  const labelOf = useBandLabel();
  const now = useNow();
  const [next, later] = crossingsAhead(engagement.forecast, now);
  if (next === undefined) {
    return (
      <Card
        title={words.forecast}
        value={<span className={styles.cardWords}>{words.lowest}</span>}
        lines={[words.lowestHint]}
      />
    );
  }
  return (
    <Card
      title={words.forecast}
      value={
        <span className={styles.cardWords}>
          {words.crossing(labelOf(next.band), formats.relative(next.crossesAt, now))}
        </span>
      }
      lines={[
        <time key="on" dateTime={next.crossesAt} title={formats.full(next.crossesAt)}>
          {words.onDay(formats.day(next.crossesAt))}
        </time>,
        later === undefined ? '' : words.thenBelow(labelOf(later.band), formats.day(later.crossesAt)),
      ]}
    />
  );
}

/** The three scores and what becomes of them, side by side. */
export function ScoreCards({ score }: { score: ScoreAnswer }) {
  return (
    <div className={styles.cards}>
      <EngagementCard engagement={score.engagement} />
      <FitCard fit={score.fit} />
      <UsageCard usage={score.usage} />
      <ForecastCard engagement={score.engagement} />
    </div>
  );
}

import { contributionsAt, spikeAt, type SpikeCause } from '@rekindle/scoring';
import type { LeadSubject } from '../facts/lead.subject';
import type { CompiledRule } from '../rule/rule.compiler';

/**
 * Why a rule is evaluated at an instant: an `event` (with its own instant, epoch ms), a `due` moment that time
 * brought about, or an `edit` of the lead's attributes or of a definition, noticed now.
 */
export interface Cause {
  readonly kind: 'event' | 'due' | 'edit';
  readonly at: number;
}

/**
 * Which crossings fire. `live`: those that are not too old; `always`: history as if noticed on time; `silent`: none.
 */
export type FiringPolicy = 'live' | 'always' | 'silent';

/** When it is now, and up to when the lead had been looked at before (epoch ms; null: never). */
export interface NoticedAt {
  readonly now: number;
  readonly checkedAt: number | null;
}

/**
 * Whether a crossing is recent enough to fire. An event must not be older than the rule's most event age. A due
 * moment that no earlier call could have seen fires however late the timer is; one inside history that arrived
 * late, or before the rule first saw this lead, follows the event's limit or stays silent.
 */
export function isTimely(rule: CompiledRule, cause: Cause, noticed: NoticedAt, isNewRule: boolean): boolean {
  const isRecent = noticed.now - cause.at <= rule.mostEventAgeMs;
  if (cause.kind !== 'due' || noticed.checkedAt === null) return isRecent;
  return cause.at > noticed.checkedAt || (isRecent && !isNewRule);
}

const MOST_CAUSES = 3;

/** The signals that explain a firing: those of the spike if the rule asks for one, else the greatest contributions. */
export function causesOf(rule: CompiledRule, subject: LeadSubject, at: number): SpikeCause[] {
  const { profile, model } = subject;
  if (rule.asksForSpike) {
    const spike = spikeAt(profile, at, model);
    if (spike.isSpike) return spike.causes;
  }
  return contributionsAt(profile, at, model)
    .filter((contribution) => contribution.points > 0)
    .sort((one, other) => other.points - one.points)
    .slice(0, MOST_CAUSES)
    .map(({ signal, label, count, points }) => ({ signal, label, count, points }));
}

import {
  applyEvents,
  nextTierChangeAt,
  pruneProfile,
  type CompiledModel,
  type LeadAttributes,
  type ScoringEvent,
} from '@rekindle/scoring';
import type { Definitions } from '../definitions';
import { earlier } from '../facts/first.crossing';
import { LeadSubject } from '../facts/lead.subject';
import type { AdvanceResult, Change, LeadState } from '../lead-state';
import { nextTriggerChange } from '../rule/trigger';
import { summaryOf } from '../summary';
import { isTimely, type Cause, type FiringPolicy, type NoticedAt } from './firing';
import { evaluateMoment, type Evaluated } from './moment';
import { meetRules } from './rule.meeting';

/** Due moments between two events beyond which the definitions must be at fault. */
export const MOST_DUE_STEPS = 10_000;

/** Thrown when due moments follow one another without end: a defect of a fact's `nextChange`. */
export class EndlessDueError extends Error {
  readonly code = 'rules.endless-due';
}

/** Where a walk starts and how it treats crossings. */
export interface WalkStart {
  readonly state: LeadState;
  readonly attributes: LeadAttributes;
  readonly now: number;
  readonly policy: FiringPolicy;
}

/**
 * What an earlier call found to come next; undefined when that may not hold under the definitions in force. Rules are
 * not asked for here: who meets another set of rules is given another state. Where tiers follow from what is known of
 * the lead, edits of that may bring the moment forward.
 */
function knownDueAt({ clock, due }: LeadState, model: CompiledModel): number | null | undefined {
  if (clock === null || due?.modelVersion !== model.version || model.usage.segments.length > 0) return undefined;
  return due.at;
}

/**
 * One lead on its way through events and due moments, in the order of their instants. Lives for one call.
 * Every moment at which something watched can change is evaluated, and no other, so that the way the history was
 * cut into calls leaves no trace.
 */
export class LeadWalk {
  /** The walk's own copy, changed in place; what it holds is shared and is not. */
  #state: LeadState;
  #subject: LeadSubject;
  /** Undefined: not worked out since the last evaluation. */
  #dueAt: number | null | undefined;
  /** Whether this call has evaluated the lead under today's attributes and definitions. */
  #isEvaluated = false;
  readonly #changes: Change[] = [];
  readonly #signalOf = new Map<string, string>();
  readonly #newRules: ReadonlySet<string>;
  readonly #definitions: Definitions;
  readonly #attributes: LeadAttributes;
  readonly #policy: FiringPolicy;
  readonly #noticed: NoticedAt;

  constructor(start: WalkStart, definitions: Definitions) {
    this.#definitions = definitions;
    this.#attributes = start.attributes;
    this.#policy = start.policy;
    this.#noticed = { now: start.now, checkedAt: start.state.checkedAt };
    this.#subject = new LeadSubject(start.state.profile, start.attributes, definitions.model);
    const met = meetRules(start.state, this.#subject, definitions.rules);
    this.#state = { ...met.state };
    this.#newRules = met.newRules;
    if (met.state === start.state) this.#dueAt = knownDueAt(start.state, definitions.model);
  }

  /** The instant (epoch ms) of the last evaluation; null before the first event. */
  get clock(): number | null {
    return this.#state.clock;
  }

  /** Takes events from before the clock: they count in their own time and are evaluated at the clock. */
  takeLate(events: readonly ScoringEvent[]): void {
    const { clock } = this.#state;
    const newest = events.at(-1);
    if (newest === undefined || clock === null) return;
    this.#apply(events, clock);
    this.#keep(this.#evaluate(clock, { kind: 'event', at: newest.at }), clock);
  }

  /** Takes one event at or after the clock, after all due moments up to it. */
  takeEvent(event: ScoringEvent): void {
    this.stepDueUntil(event.at);
    this.#apply([event], event.at);
    this.#keep(this.#evaluate(event.at, { kind: 'event', at: event.at }), event.at);
  }

  /** Evaluates every due moment up to and including an instant (epoch ms). */
  stepDueUntil(limit: number): void {
    const { clock } = this.#state;
    // What is due lies after the clock: between two events of one instant there is nothing to work out.
    if (clock !== null && limit <= clock) return;
    for (let steps = 0; ; steps += 1) {
      const due = this.#nextDueAt();
      if (due === null || due > limit) return;
      if (steps >= MOST_DUE_STEPS) throw new EndlessDueError(`${MOST_DUE_STEPS} due moments before ${limit}.`);
      this.#keep(this.#evaluate(due, { kind: 'due', at: due }), due);
    }
  }

  /**
   * Evaluates at an instant for what neither an event nor time brought about: edits of attributes or definitions.
   * Needless once the call has evaluated anything. The clock moves only if something changed.
   */
  settle(at: number, cause: Cause): void {
    const { clock } = this.#state;
    if (this.#isEvaluated || clock === null || at < clock) return;
    const evaluated = this.#evaluate(at, cause);
    if (evaluated.state !== this.#state) this.#keep(evaluated, at);
  }

  /** What the call hands back. */
  result(): AdvanceResult {
    const { now, checkedAt } = this.#noticed;
    const dueAt = this.#nextDueAt();
    const due = { at: dueAt, modelVersion: this.#definitions.model.version };
    const state = this.#state;
    state.checkedAt = Math.max(now, checkedAt ?? now);
    state.due = due;
    return {
      state,
      changes: this.#changes,
      summary: summaryOf(state, this.#subject, Math.max(now, state.clock ?? now), dueAt),
      signalOf: this.#signalOf,
    };
  }

  #apply(events: readonly ScoringEvent[], clock: number): void {
    const { model } = this.#definitions;
    const applied = applyEvents(this.#state.profile, events, model, this.#signalOf);
    const profile = pruneProfile(applied.profile, clock, model);
    this.#state.profile = profile;
    this.#subject = new LeadSubject(profile, this.#attributes, model);
  }

  #evaluate(at: number, cause: Cause): Evaluated {
    return evaluateMoment(this.#state, {
      subject: this.#subject,
      at,
      rules: this.#definitions.rules,
      isTimely: (rule) => {
        if (this.#policy !== 'live') return this.#policy === 'always';
        return isTimely(rule, cause, this.#noticed, this.#newRules.has(rule.key));
      },
    });
  }

  #keep({ state, changes }: Evaluated, clock: number): void {
    this.#state = state;
    state.clock = clock;
    this.#isEvaluated = true;
    this.#dueAt = undefined;
    this.#changes.push(...changes);
  }

  #nextDueAt(): number | null {
    if (this.#dueAt === undefined) this.#dueAt = this.#findNextDue();
    return this.#dueAt;
  }

  #findNextDue(): number | null {
    const { clock, tier, triggers } = this.#state;
    if (clock === null) return null;
    const { profile, model, attributes } = this.#subject;
    let next = this.#subject.nextBandChangeAt(clock);
    if (tier !== null) next = earlier(next, nextTierChangeAt(profile, clock, model, attributes));
    for (const rule of this.#definitions.rules) {
      const trigger = triggers[rule.key];
      if (trigger !== undefined) next = earlier(next, nextTriggerChange(rule, trigger, this.#subject, clock));
    }
    return next;
  }
}

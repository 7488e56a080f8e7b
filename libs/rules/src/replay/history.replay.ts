import { scoreAt, type LeadAttributes, type Score, type ScoringEvent } from '@rekindle/scoring';
import { advance } from '../advance';
import type { Definitions } from '../definitions';
import { emptyLeadState, type Change, type LeadState } from '../lead-state';
import { EndlessDueError, MOST_DUE_STEPS } from '../walk/lead.walk';
import { DueHeap, type DueEntry } from './due.heap';

/** One event of the history of many leads. */
export interface HistoryEvent {
  leadId: string;
  event: ScoringEvent;
}

/** One crossing of one lead, at its exact instant. */
export interface HistoryChange {
  leadId: string;
  change: Change;
}

/** One lead's score as of an instant. */
export interface LeadScore {
  leadId: string;
  score: Score;
}

/** What is known of a lead besides its events; asked once per lead, when it first appears. */
export type AttributesOf = (leadId: string) => LeadAttributes;

/** A history to be replayed up to and including `until` (epoch ms). */
export interface HistoryInput {
  /** Ascending by `event.at`, without duplicates; the order inside one instant does not matter. */
  events: Iterable<HistoryEvent>;
  attributesOf: AttributesOf;
  until: number;
}

/** Thrown when an event or instant lies before what was replayed already: a history goes forward only. */
export class HistoryOrderError extends Error {
  override readonly name = 'HistoryOrderError';
  readonly code = 'rules.history-order';
}

interface ReplayedLead extends DueEntry {
  state: LeadState;
  readonly attributes: LeadAttributes;
  /** Due moments since the lead's last event. */
  dueSteps: number;
}

function inTieOrder(one: HistoryEvent, other: HistoryEvent): number {
  if (one.leadId !== other.leadId) return one.leadId < other.leadId ? -1 : 1;
  return one.event.messageId < other.event.messageId ? -1 : Number(one.event.messageId > other.event.messageId);
}

/**
 * Streams the history of many leads through `advance` with a virtual clock: before the events of an instant every lead
 * that falls due up to then is advanced at its due instant, as a timer that is never late would do it. Keeps one state
 * per lead and no event but those of the instant under way. The changes are the same to the byte however the history
 * is cut into chunks and in whatever order the events of one instant come.
 */
export class HistoryReplay {
  readonly #definitions: Definitions;
  readonly #attributesOf: AttributesOf;
  readonly #leads = new Map<string, ReplayedLead>();
  readonly #due = new DueHeap<ReplayedLead>();
  /** Events of one instant, which wait for the others of that instant. */
  #waiting: HistoryEvent[] = [];
  #clock = Number.NEGATIVE_INFINITY;

  constructor(attributesOf: AttributesOf, definitions: Definitions) {
    this.#attributesOf = attributesOf;
    this.#definitions = definitions;
  }

  /**
   * Takes the next events and returns what changed before the instant of the last of them, in order of time.
   * Throws `HistoryOrderError` for an event before one taken earlier.
   */
  take(events: Iterable<HistoryEvent>): HistoryChange[] {
    const found: HistoryChange[] = [];
    for (const item of events) {
      if (item.event.at !== this.#clock) this.#moveTo(item.event.at, found);
      this.#waiting.push(item);
    }
    return found;
  }

  /** Runs the clock on to an instant (epoch ms) at which no event is to come any more; returns what changed. */
  runUntil(instant: number): HistoryChange[] {
    const found: HistoryChange[] = [];
    this.#moveTo(instant, found);
    this.#takeWaiting(found);
    return found;
  }

  /** Every lead's state, as of the last event or due moment of each, in order of appearance. */
  *states(): Generator<{ leadId: string; state: LeadState }> {
    this.#refuseWaiting();
    for (const { leadId, state } of this.#leads.values()) yield { leadId, state };
  }

  /**
   * Every lead's score at an instant (epoch ms) at or after the one reached with `runUntil`, in order of appearance.
   * Throws `HistoryOrderError` for an earlier instant: run a replay until then.
   */
  *scoresAt(at: number): Generator<LeadScore> {
    this.#refuseWaiting();
    if (at < this.#clock) throw new HistoryOrderError(`The replay has reached ${this.#clock}, which is after ${at}.`);
    const { model } = this.#definitions;
    for (const { leadId, state, attributes } of this.#leads.values()) {
      yield { leadId, score: scoreAt({ profile: state.profile, attributes, at, model }) };
    }
  }

  #refuseWaiting(): void {
    if (this.#waiting.length > 0) throw new HistoryOrderError('Call runUntil first: events of an instant are waiting.');
  }

  #moveTo(instant: number, found: HistoryChange[]): void {
    if (instant < this.#clock) throw new HistoryOrderError(`${instant} is before ${this.#clock}, already replayed.`);
    if (instant > this.#clock) this.#takeWaiting(found);
    for (let lead = this.#due.first; lead !== undefined; lead = this.#due.first) {
      if (lead.dueAt === null || lead.dueAt > instant) break;
      lead.dueSteps += 1;
      if (lead.dueSteps > MOST_DUE_STEPS) throw new EndlessDueError(`More than ${MOST_DUE_STEPS} due moments.`);
      this.#advance(lead, [], lead.dueAt, found);
    }
    this.#clock = instant;
  }

  #takeWaiting(found: HistoryChange[]): void {
    const items = this.#waiting;
    if (items.length === 0) return;
    this.#waiting = [];
    if (items.length > 1) items.sort(inTieOrder);
    for (let start = 0, end = 0; start < items.length; start = end) {
      const leadId = items[start]?.leadId ?? '';
      while (items[end]?.leadId === leadId) end += 1;
      const lead = this.#leadOf(leadId);
      lead.dueSteps = 0;
      const events = items.slice(start, end).map(({ event }) => event);
      this.#advance(lead, events, this.#clock, found);
    }
  }

  #leadOf(leadId: string): ReplayedLead {
    const present = this.#leads.get(leadId);
    if (present !== undefined) return present;
    const attributes = this.#attributesOf(leadId);
    const lead = { leadId, dueAt: null, heapIndex: -1, state: emptyLeadState(), attributes, dueSteps: 0 };
    this.#leads.set(leadId, lead);
    return lead;
  }

  #advance(lead: ReplayedLead, events: readonly ScoringEvent[], now: number, found: HistoryChange[]): void {
    const { leadId, state, attributes } = lead;
    const result = advance({ state, attributes, events, now }, this.#definitions);
    lead.state = result.state;
    // What is due for the sake of a stored rank alone changes nothing here.
    this.#due.place(lead, result.state.due?.at ?? null);
    for (const change of result.changes) found.push({ leadId, change });
  }
}

/**
 * The changes of a whole history under these definitions, in order of time, one by one as the history streams by.
 * See {@link HistoryReplay} for chunks, states and scores. Events after `until` end the replay.
 */
export function* replayHistory(input: HistoryInput, definitions: Definitions): Generator<HistoryChange> {
  const replay = new HistoryReplay(input.attributesOf, definitions);
  for (const item of input.events) {
    if (item.event.at > input.until) break;
    yield* replay.take([item]);
  }
  yield* replay.runUntil(input.until);
}

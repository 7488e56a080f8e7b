import {
  advance,
  compileDefinitions,
  decodeLeadState,
  emptyLeadState,
  encodeLeadState,
  shippedRules,
  type LeadState,
} from '@rekindle/rules';
import { DAY_MS, defaultModel, type LeadAttributes, type ScoringEvent } from '@rekindle/scoring';
import { eventOf } from './event.mix';
import { chance, END } from './scoring.workload';
import { figure, median, say } from './statistics';

const LEADS = 1_000;
const PER_GROUP = 250;
const ROUNDS = 60;

const attributes: LeadAttributes = {
  traits: { email: 'ada@acme.test', title: 'Head of IT', country: 'DE' },
  accountTraits: { employees: 200, industry: 'software' },
};

const rules = shippedRules.map((document) => ({ document, version: 1, isEnabled: true }));
const definitions = compileDefinitions({ model: { document: defaultModel, version: 1 }, rules });

let sent = 0;

/** The next event of the mix that the ingest benchmark sends, as scoring sees it. */
function nextEvent(at: number): ScoringEvent {
  sent += 1;
  const { type, messageId, event, name, properties, context } = eventOf(sent, {
    runName: 'ordinary',
    leads: LEADS,
    timestamp: '',
  });
  return { messageId, type, name: event ?? name ?? null, at, properties, context };
}

/** Stored states of leads with 5 to 24 events in the last 30 days, up to date. */
function storedStates(): string[] {
  const next = chance(7);
  return Array.from({ length: LEADS }, () => {
    let state = emptyLeadState();
    const instants = Array.from({ length: 5 + Math.floor(next() * 20) }, () => END - Math.floor(next() * 30 * DAY_MS));
    for (const at of [...instants.sort((one, other) => one - other), END]) {
      const events = at === END ? [] : [nextEvent(at)];
      state = advance({ state, attributes, events, now: at }, definitions).state;
    }
    return encodeLeadState(state);
  });
}

function processorMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

interface Spent {
  read: number;
  advance: number;
  write: number;
  events: number;
  leads: number;
}

/** What ingest does with a group: read the states, advance each by one to three events, write them. */
function takeGroup(texts: readonly string[], spent: Spent): void {
  const batches = texts.map((_, lead) =>
    Array.from({ length: 1 + Number(lead % 3 === 0) + Number(lead % 7 === 0) }, (__, index) =>
      nextEvent(END + lead + 1_000 * index),
    ),
  );
  const startedAt = processorMicroseconds();
  const states = texts.map(decodeLeadState);
  const readAt = processorMicroseconds();
  const moved = states.map((state, lead): LeadState => {
    const events = batches[lead] ?? [];
    return advance({ state, attributes, events, now: END + 60_000 }, definitions).state;
  });
  const advancedAt = processorMicroseconds();
  moved.forEach(encodeLeadState);
  spent.write += processorMicroseconds() - advancedAt;
  spent.advance += advancedAt - readAt;
  spent.read += readAt - startedAt;
  spent.events += batches.flat().length;
  spent.leads += texts.length;
}

/** One `advance` of an ordinary lead as ingest calls it, with the reading and writing of its state beside it. */
export function benchOrdinary(): void {
  const stored = storedStates();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const spent: Spent = { read: 0, advance: 0, write: 0, events: 0, leads: 0 };
    for (let first = 0; first < LEADS; first += PER_GROUP) takeGroup(stored.slice(first, first + PER_GROUP), spent);
    return spent;
  });
  const perEvent = median(rounds.map((spent) => spent.advance / spent.events));
  const read = median(rounds.map((spent) => spent.read / spent.leads));
  const written = median(rounds.map((spent) => spent.write / spent.leads));
  const bytes = stored.reduce((sum, text) => sum + text.length, 0) / LEADS;
  const plain = stored.reduce((sum, text) => sum + JSON.stringify(decodeLeadState(text)).length, 0) / LEADS;
  say('scoring: one advance of an ordinary lead, 5 to 24 events before, 1 to 3 new, three rules (processor time)');
  say(`  advance: ${figure(perEvent)} µs an event, least ${figure(leastOf(rounds))} µs`);
  say(`  its state read in ${figure(read)} µs, written in ${figure(written)} µs`);
  say(`  its state takes ${figure(bytes)} B; as objects in JSON ${figure(plain)} B`);
}

const leastOf = (rounds: readonly Spent[]): number => Math.min(...rounds.map((spent) => spent.advance / spent.events));

import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import {
  advance,
  compileDefinitions,
  decodeLeadState,
  emptyLeadState,
  encodeLeadState,
  replayHistory,
  shippedRules,
  type Definitions,
  type HistoryEvent,
} from '@rekindle/rules';
import {
  applyEvents,
  compileModel,
  DAY_MS,
  emptyProfile,
  engagementRank,
  profileWith,
  type CompiledModel,
  type LeadAttributes,
  type Profile,
  type ScoringEvent,
} from '@rekindle/scoring';
import { benchOrdinary } from './ordinary.bench';
import { encodings } from './profile.encodings';
import { ACTIVE_DAYS, actOf, chance, END, fullHistory, historyOf, SIGNALS, twentySignals } from './scoring.workload';
import { figure, median, say } from './statistics';

const nobody: LeadAttributes = { traits: {}, accountTraits: {} };

interface Cost {
  wallMs: number;
  /** All threads of this process, the collector's too: what the work costs however busy the machine is. */
  processorMs: number;
}

function costOf(work: () => void): Cost {
  const usedBefore = process.cpuUsage();
  const startedAt = performance.now();
  work();
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(usedBefore);
  return { wallMs, processorMs: (user + system) / 1_000 };
}

const costWords = ({ wallMs, processorMs }: Cost, count: number): string =>
  `${figure((count / processorMs) * 1_000)}/s per core (${figure((processorMs / count) * 1_000)} µs; ` +
  `${figure(wallMs / 1_000)} s by the clock for ${figure(count)})`;

const ratio = (one: Cost, floor: Cost): string => `${figure(one.processorMs / floor.processorMs)} times the floor`;

function definitionsOf(model: CompiledModel): Definitions {
  const rules = shippedRules.map((document) => ({ document, version: 1, isEnabled: true }));
  const definitions = compileDefinitions({ model: { document: model.document, version: 1 }, rules });
  if (definitions.brokenRules.length > 0) throw new Error(JSON.stringify(definitions.brokenRules));
  return definitions;
}

/** The simplest loop that ends in a rank: a weight by name and a decayed sum, without limits, days or usage. */
function plainRanks(leads: readonly ScoringEvent[][], model: CompiledModel): number {
  const weights = new Map(model.signals.map(({ definition }) => [definition.label, definition.weightPoints]));
  let last = 0;
  for (const events of leads) {
    let rank = 0;
    for (const { name, at } of events) {
      rank += (weights.get(name ?? '') ?? 0) * 2 ** ((at - model.landmarkMs) / model.halfLifeMs);
    }
    last = rank;
  }
  return last;
}

function benchReplay(model: CompiledModel, definitions: Definitions): void {
  const [passes, leadCount, each] = [20, 5_000, 100];
  const next = chance(1);
  const leads = Array.from({ length: leadCount }, () => historyOf(each, next));
  const total = passes * leadCount * each;
  const repeated = (work: (events: ScoringEvent[]) => void): Cost =>
    costOf(() => {
      for (let pass = 0; pass < passes; pass += 1) leads.forEach(work);
    });
  say(`scoring: replay in memory of ${figure(total)} events, ${SIGNALS} signals, ${each} events a lead`);
  const floor = costOf(() => {
    for (let pass = 0; pass < passes; pass += 1) plainRanks(leads, model);
  });
  say(`  floor, a weight by name and one decayed sum: ${costWords(floor, total)}`);
  const profiles = repeated((events) => void engagementRank(profileWith(emptyProfile(), events, model), model));
  say(`  profileWith a lead's events and its rank: ${costWords(profiles, total)}, ${ratio(profiles, floor)}`);

  const few = leads.slice(0, 400);
  const fewTotal = few.length * each;
  const fewFloor: Cost = { ...floor, processorMs: (floor.processorMs * fewTotal) / total };
  const accounted = costOf(() => few.forEach((events) => void applyEvents(emptyProfile(), events, model)));
  say(`  applyEvents, which also says who took each: ${costWords(accounted, fewTotal)}, ${ratio(accounted, fewFloor)}`);
  const advanced = costOf(() => {
    for (const events of few) {
      let state = emptyLeadState();
      for (const event of events) {
        state = advance({ state, attributes: nobody, events: [event], now: event.at }, definitions).state;
      }
    }
  });
  say(`  advance, one event a call, three rules: ${costWords(advanced, fewTotal)}, ${ratio(advanced, fewFloor)}`);
  const history = few
    .flatMap((events, lead) => events.map((event): HistoryEvent => ({ leadId: `lead-${lead}`, event })))
    .sort((one, other) => one.event.at - other.event.at);
  let changes = 0;
  const replayed = costOf(() => {
    const input = { events: history, attributesOf: () => nobody, until: END };
    for (const _change of replayHistory(input, definitions)) changes += 1;
  });
  say(`  replayHistory, all leads by the clock: ${costWords(replayed, fewTotal)}, ${figure(changes)} changes`);
}

/** Every bucket once, weighted and decayed: what any re-scoring has to look at. */
function plainTotal(profile: Profile, model: CompiledModel): number {
  let total = 0;
  const lastDay = Math.floor(END / DAY_MS);
  for (const { definition } of model.signals) {
    for (const { day, sum } of profile.signals[definition.key] ?? []) {
      total += definition.weightPoints * sum * (model.dayDecay[lastDay - day] ?? 0);
    }
  }
  return total;
}

const BATCH = 50;

/** Processor time of one run: the median of batches. */
function medianMicroseconds(work: (run: number) => unknown): number {
  for (let run = 0; run < 500; run += 1) work(run);
  const batches = Array.from({ length: 40 }, () => {
    const { processorMs } = costOf(() => {
      for (let run = 0; run < BATCH; run += 1) work(run);
    });
    return (processorMs * 1_000) / BATCH;
  });
  return median(batches);
}

function benchAdvance(model: CompiledModel, definitions: Definitions): void {
  const events = fullHistory(chance(2));
  const { state } = advance({ state: emptyLeadState(), attributes: nobody, events, now: END }, definitions);
  const now = END + 1_000;
  const floor = medianMicroseconds(() => plainTotal(state.profile, model));
  const once = medianMicroseconds((run) => {
    const input = { state, attributes: nobody, events: [actOf(run % SIGNALS, now)], now };
    return advance(input, definitions);
  });
  const taken = medianMicroseconds((run) => profileWith(state.profile, [actOf(run % SIGNALS, now)], model));
  const ranked = medianMicroseconds(() => engagementRank(state.profile, model));
  say(`scoring: one event on a profile of ${SIGNALS} signals × ${ACTIVE_DAYS} active days (medians)`);
  say(`  floor, every bucket weighted and decayed: ${figure(floor)} µs`);
  const stored = encodeLeadState(state);
  const read = medianMicroseconds(() => decodeLeadState(stored));
  const written = medianMicroseconds(() => encodeLeadState(state));
  say(`  advance, three rules: ${figure(once)} µs, ${figure(once / floor)} times the floor`);
  say(`  its state takes ${figure(stored.length)} B, read in ${figure(read)} µs, written in ${figure(written)} µs`);
  say(`  of which taking the event in: ${figure(taken)} µs; one rank of the profile: ${figure(ranked)} µs`);
}

function benchWeights(model: CompiledModel): void {
  const heavier = twentySignals((signal) => ((signal + 4) % 9) + 1);
  const next = chance(3);
  const sizes = [
    { words: '60 events each', leads: 1_000_000, pool: 500, events: () => historyOf(60, next) },
    {
      words: `${SIGNALS} signals × ${ACTIVE_DAYS} days each`,
      leads: 100_000,
      pool: 50,
      events: () => fullHistory(next),
    },
  ];
  say('scoring: a change of weights alone, leads ranked anew from their profiles');
  for (const { words, leads, pool, events } of sizes) {
    const profiles = Array.from({ length: pool }, () => profileWith(emptyProfile(), events(), model));
    const ranks = new Float64Array(leads);
    const rankAll = (rankOf: (profile: Profile) => number): Cost =>
      costOf(() => {
        for (let lead = 0; lead < leads; lead += 1) ranks[lead] = rankOf(profiles[lead % pool] ?? emptyProfile());
        ranks.sort();
      });
    const floor = rankAll((profile) => plainTotal(profile, heavier));
    const ranked = rankAll((profile) => engagementRank(profile, heavier) ?? 0);
    say(
      `  ${words}: ${figure(ranked.wallMs / 1_000)} s by the clock, ${costWords(ranked, leads)}, ${ratio(ranked, floor)}`,
    );
  }
}

function benchEncodings(model: CompiledModel): void {
  const next = chance(4);
  const samples = [
    {
      words: `${SIGNALS} signals × ${ACTIVE_DAYS} days`,
      profile: profileWith(emptyProfile(), fullHistory(next), model),
    },
    { words: '60 events', profile: profileWith(emptyProfile(), historyOf(60, next), model) },
  ];
  for (const { words, profile } of samples) {
    say(`scoring: bytes of a profile, ${words}`);
    for (const { name, encode, decode } of encodings) {
      const text = encode(profile);
      if (!isDeepStrictEqual(decode(text), profile)) throw new Error(`${name} loses something`);
      const written = medianMicroseconds(() => encode(profile));
      const read = medianMicroseconds(() => decode(text));
      say(
        `  ${name}: ${figure(text.length)} B, gzip ${figure(gzipSync(text).length)} B; ` +
          `written in ${figure(written)} µs, read in ${figure(read)} µs`,
      );
    }
  }
}

/** The pure libraries alone: replay, one advance, a change of weights, bytes of a profile. */
export function benchScoring(): Promise<void> {
  const model = compileModel(twentySignals().document, 1);
  const definitions = definitionsOf(model);
  benchReplay(model, definitions);
  benchAdvance(model, definitions);
  benchOrdinary();
  benchWeights(model);
  benchEncodings(model);
  return Promise.resolve();
}

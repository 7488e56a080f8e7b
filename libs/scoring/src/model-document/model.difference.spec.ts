import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { FEWER_RUNS, SEED } from '../event.fixture';
import { defaultModel } from '../model/default.model';
import { type ScoringModel, scoringModelSchema } from '../model/model.schema';
import { modelIssues } from '../model/model.validate';
import { type ModelDifference, modelDifferences } from './model.difference';

const named = (name: string) => ({ fact: 'event.name', operator: 'eq' as const, value: name });

/** The default model with everything optional filled in. */
const fullModel: ScoringModel = scoringModelSchema.parse({
  ...defaultModel,
  engagement: {
    ...defaultModel.engagement,
    groups: [
      { key: 'mail', label: 'Mail', mostPoints: 12 },
      { key: 'web', label: 'Web' },
    ],
  },
  usage: {
    ...defaultModel.usage,
    segments: [
      {
        key: 'enterprise',
        label: 'Enterprise',
        match: { fact: 'account.trait', path: 'plan', operator: 'eq', value: 'enterprise' },
        tiers: [
          { key: 'power', label: 'Power', minEvents: 100 },
          { key: 'rest', label: 'Rest', minEvents: 0 },
        ],
      },
    ],
    products: [{ key: 'api', label: 'API', match: named('API Called'), tiers: defaultModel.usage.tiers }],
    features: [{ key: 'reports', label: 'Reports', names: ['report', 'reports'], tiers: defaultModel.usage.tiers }],
    lifecycle: {
      activation: named('Activated'),
      core: named('Report Built'),
      sessionStart: named('Signed In'),
      activeDays: 20,
      churnedDays: 80,
      decline: { days: 14, dropPercent: 50 },
    },
  },
});

function copyOf(document: ScoringModel): ScoringModel {
  return scoringModelSchema.parse(JSON.parse(JSON.stringify(document)));
}

function changed(change: (copy: ScoringModel) => void, from: ScoringModel = defaultModel): ModelDifference[] {
  const copy = copyOf(from);
  change(copy);
  expect(modelIssues(copy)).toEqual([]);
  return modelDifferences(from, copy);
}

const wordsOf = (differences: readonly ModelDifference[]): string[] => differences.map(({ words }) => words);

type Edit = (copy: ScoringModel) => void;
const cents = fc.integer({ min: 1, max: 900 }).map((value) => value / 10);
const places = fc.nat({ max: 11 });

/** Edits that leave a model valid, drawn small so that they often undo one another. */
const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(places, fc.integer({ min: 1, max: 3 })).map(([index, weight]): Edit => ({ engagement }) => {
    const signal = engagement.signals[index];
    if (signal) signal.weightPoints = Math.sign(signal.weightPoints) * weight;
  }),
  fc
    .tuple(places, fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }))
    .map(([index, limit]): Edit => ({ engagement }) => {
      const signal = engagement.signals[index];
      if (signal) signal.dailyLimit = limit;
    }),
  fc.tuple(places, fc.constantFrom('One', 'Other')).map(([index, label]): Edit => ({ engagement }) => {
    const signal = engagement.signals[index];
    if (signal) signal.label = label;
  }),
  fc.tuple(places, fc.constantFrom('One', 'Other')).map(([index, name]): Edit => ({ engagement }) => {
    const signal = engagement.signals[index];
    if (signal) signal.match = name === 'One' ? named(name) : { all: [named('One')] };
  }),
  fc.tuple(places, places).map(([from, to]): Edit => ({ engagement }) => {
    const [moved] = engagement.signals.splice(from % engagement.signals.length, 1);
    if (moved) engagement.signals.splice(to % (engagement.signals.length + 1), 0, moved);
  }),
  places.map((index): Edit => ({ engagement }) => {
    if (engagement.signals.length > 1) engagement.signals.splice(index % engagement.signals.length, 1);
  }),
  cents.map(
    (days): Edit =>
      (copy) =>
        void (copy.engagement.halfLifeDays = days + 1),
  ),
  fc.constantFrom<Edit>(
    (copy) => void delete copy.engagement.trend,
    (copy) => void delete copy.engagement.groups,
    (copy) => void (copy.engagement.groups = []),
    (copy) => void delete copy.usage.exclude,
    (copy) => void delete copy.usage.lifecycle,
    (copy) => void (copy.usage.lifecycle = {}),
    (copy) => void (copy.usage.products = []),
    (copy) => void copy.usage.tiers.splice(1, 1),
    (copy) => void copy.usage.segments?.pop(),
    (copy) => void copy.usage.featurePaths.reverse(),
    (copy) => void copy.fit.criteria.reverse(),
    (copy) => void copy.fit.criteria.shift(),
    (copy) => void (copy.priority.cells['B2'] = { label: 'Other', nextStep: '' }),
    (copy) =>
      void (copy.priority = {
        ...copy.priority,
        cells: Object.fromEntries(Object.entries(copy.priority.cells).reverse()),
      }),
  ),
  cents.map(
    (score): Edit =>
      (copy) =>
        void (copy.priority.gradeDMaxValue = score),
  ),
);

/** Every number, text and flag of a document with its path. */
function leavesIn(value: unknown, path: (string | number)[] = []): { path: (string | number)[]; value: unknown }[] {
  if (Array.isArray(value)) return value.flatMap((entry, index) => leavesIn(entry, [...path, index]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, entry]) => leavesIn(entry, [...path, key]));
  }
  return [{ path, value }];
}

function withLeaf(document: unknown, [step, ...rest]: readonly (string | number)[], leaf: unknown): unknown {
  if (step === undefined) return leaf;
  if (Array.isArray(document))
    return document.map((entry, index) => (index === step ? withLeaf(entry, rest, leaf) : entry));
  const record: Record<string, unknown> = { ...(document as object) };
  return { ...record, [step]: withLeaf(record[step], rest, leaf) };
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : `${String(value)}x`;
}

describe('the difference of two models in words', () => {
  it('says what changed as a person would', () => {
    const differences = changed(({ engagement, usage, fit, priority }) => {
      engagement.halfLifeDays = 45;
      for (const signal of engagement.signals) {
        if (signal.key === 'pricing-page') Object.assign(signal, { weightPoints: 8, dailyLimit: undefined });
        if (signal.key === 'email-open') Object.assign(signal, { label: 'Mail opened', dailyLimit: 1 });
        if (signal.key === 'social') signal.match = named('Liked');
      }
      engagement.signals = engagement.signals.filter(({ key }) => key !== 'bounce');
      engagement.signals.push({ ...engagement.signals[0]!, key: 'webinar', label: 'Webinar', weightPoints: 5 });
      engagement.bands[0] = { key: 'high', label: 'High', minScore: 65 };
      usage.tiers[0] = { key: 'power', label: 'Power', minEvents: 60 };
      usage.lifecycle = { activeDays: 20 };
      fit.unknownScore += 1;
      priority.cells['A1'] = { label: 'Call now', nextStep: 'Call.' };
    });
    const pricing = defaultModel.engagement.signals.find(({ key }) => key === 'pricing-page');
    const open = defaultModel.engagement.signals.find(({ key }) => key === 'email-open');
    const bounce = defaultModel.engagement.signals.find(({ key }) => key === 'bounce');
    const words = wordsOf(differences);
    expect(words).toEqual(
      expect.arrayContaining([
        'Half-life 30 → 45 days',
        `${pricing?.label}: 6 → 8 points`,
        `${pricing?.label}: daily limit 3 → none`,
        `${open?.label}: daily limit 3 → 1 event`,
        `${open?.label}: label “${open?.label}” → “Mail opened”`,
        'New signal “Webinar” (5 points)',
        `No signal “${bounce?.label}” any more`,
        'Band “High”: from score 60 → 65',
        'Tier “Power”: from 50 → 60 events',
        'Lifecycle none → (active days 20)',
        'Cell A1 “Call now”: next step “Call today; mention what they looked at last.” → “Call.”',
      ]),
    );
    expect(words.find((line) => line.endsWith('→ the event’s name is “Liked”'))).toMatch(/: counts when the event’s/);
    expect(differences.find(({ kind }) => kind === 'removed')?.path).toMatch(/^engagement\.signals\.\d+$/);
    expect(words).toHaveLength(13);
  });

  it('says when only the order of the signals changed, because the first that matches takes the event', () => {
    const differences = changed(
      ({ engagement }) => void engagement.signals.unshift(...engagement.signals.splice(2, 1)),
    );
    const [first, , third] = defaultModel.engagement.signals;
    expect(wordsOf(differences)).toEqual([`Order of signals: “${third?.label}” now comes before “${first?.label}”`]);
    expect(differences[0]).toMatchObject({ kind: 'reordered', path: 'engagement.signals', needsEvents: true });
  });

  it('names whom a nested entry belongs to', () => {
    const differences = changed(({ usage }) => {
      usage.segments?.[0]?.tiers.splice(1, 0, { key: 'some', label: 'Some', minEvents: 9 });
      usage.segments?.[0]?.tiers.splice(0, 1, { key: 'power', label: 'Power', minEvents: 90 });
    }, fullModel);
    expect(wordsOf(differences)).toEqual([
      'Segment “Enterprise”, tier “Power”: from 100 → 90 events',
      'Segment “Enterprise”: New tier “Some” (from 9 events)',
    ]);
  });

  it('has a line for any two different documents and none for the same', () => {
    const someEdits = fc.array(edits, { maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom(defaultModel, fullModel), someEdits, someEdits, (base, some, others) => {
        const [one, other] = [copyOf(base), copyOf(base)];
        for (const edit of some) edit(one);
        for (const edit of others) edit(other);
        const [before, after]: [unknown, unknown] = [
          JSON.parse(JSON.stringify(one)),
          JSON.parse(JSON.stringify(other)),
        ];
        const differences = modelDifferences(one, other);
        expect(differences.length === 0).toBe(isDeepStrictEqual(before, after));
        expect(wordsOf(differences).every((line) => line.length > 3 && !line.includes('undefined'))).toBe(true);
        expect(modelDifferences(one, copyOf(one))).toEqual([]);
      }),
      { seed: SEED, numRuns: FEWER_RUNS },
    );
  });

  it('notices a change of any single value of a document', () => {
    const silent = leavesIn(fullModel).filter(({ path, value }) => {
      const other = withLeaf(fullModel, path, otherThan(value)) as ScoringModel;
      return modelDifferences(fullModel, other).length === 0 || modelDifferences(other, fullModel).length === 0;
    });
    expect(silent).toEqual([]);
  });

  it('knows which changes stored profiles can answer and which take the events', () => {
    const needsEvents = (change: Edit): boolean => changed(change, fullModel).some((one) => one.needsEvents);
    const readOnly: Edit[] = [
      ({ engagement }) => void Object.assign(engagement.signals[0]!, { weightPoints: 7, mostPoints: 30, group: 'web' }),
      ({ engagement }) => void (engagement.bands[0]!.minScore = 70),
      ({ usage }) => void (usage.segments = []),
      ({ usage }) => void (usage.features![0]!.names = ['other']),
      ({ usage }) => void (usage.lifecycle!.activeDays = 10),
      ({ fit }) => void fit.criteria.pop(),
      ({ priority }) => void (priority.fitWeight = 0.7),
    ];
    const recorded: Edit[] = [
      ({ engagement }) => void (engagement.halfLifeDays = 31),
      ({ engagement }) => void (engagement.signals[0]!.match = named('Other')),
      ({ engagement }) => void (engagement.signals[0]!.kind = 'social'),
      ({ engagement }) => void engagement.signals.pop(),
      ({ usage }) => void (usage.windowDays = 60),
      ({ usage }) => void delete usage.exclude,
      ({ usage }) => void (usage.products![0]!.match = named('Other')),
      ({ usage }) => void (usage.lifecycle!.core = named('Other')),
      ({ usage }) => void delete usage.lifecycle,
    ];
    expect(readOnly.map(needsEvents)).toEqual(readOnly.map(() => false));
    expect(recorded.map(needsEvents)).toEqual(recorded.map(() => true));
  });
});

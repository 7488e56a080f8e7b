/** How a field is spoken of. Without a name its owner speaks for it: "Pricing page visit: 6 → 8 points". */
export interface FieldWords {
  readonly name: string;
  readonly unit?: string;
}

/** How the entries of a list are spoken of. */
export interface EntryWords {
  readonly noun: string;
  readonly plural: string;
  /** The entry's label alone says what it is. */
  readonly isPlain?: boolean;
  /** The field that says most of a new entry. */
  readonly gist?: string;
}

const tiers: EntryWords = { noun: 'tier', plural: 'tiers', gist: 'minEvents' };

/** Lists by their place in a document; `*` stands for an entry. */
export const entryWords: ReadonlyMap<string, EntryWords> = new Map<string, EntryWords>([
  ['engagement.signals', { noun: 'signal', plural: 'signals', isPlain: true, gist: 'weightPoints' }],
  ['engagement.groups', { noun: 'group', plural: 'groups' }],
  ['engagement.bands', { noun: 'band', plural: 'bands', gist: 'minScore' }],
  ['usage.tiers', tiers],
  ['usage.segments', { noun: 'segment', plural: 'segments' }],
  ['usage.segments.*.tiers', tiers],
  ['usage.products', { noun: 'product', plural: 'products' }],
  ['usage.products.*.tiers', tiers],
  ['usage.features', { noun: 'feature', plural: 'features' }],
  ['usage.features.*.tiers', tiers],
  ['fit.criteria', { noun: 'criterion', plural: 'criteria', isPlain: true, gist: 'points' }],
  ['fit.grades', { noun: 'grade', plural: 'grades', gist: 'minScore' }],
  ['priority.cells', { noun: 'cell', plural: 'cells' }],
]);

/** Fields by their place. A field that is missing here is spoken of by its name. */
export const fieldWords: ReadonlyMap<string, FieldWords> = new Map<string, FieldWords>([
  ['key', { name: 'Key of the model' }],
  ['name', { name: 'Name of the model' }],
  ['landmark', { name: 'Landmark of the ranks' }],
  ['engagement.halfLifeDays', { name: 'Half-life', unit: 'days' }],
  ['engagement.halfScorePoints', { name: 'A score of 50 at', unit: 'points' }],
  ['engagement.signals.*.match', { name: 'counts when' }],
  ['engagement.signals.*.weightPoints', { name: '', unit: 'points' }],
  ['engagement.signals.*.dailyLimit', { name: 'daily limit', unit: 'events' }],
  ['engagement.signals.*.mostPoints', { name: 'most points', unit: 'points' }],
  ['engagement.groups.*.mostPoints', { name: 'most points', unit: 'points' }],
  ['engagement.bands.*.minScore', { name: 'from score' }],
  ['engagement.trend', { name: 'Trend' }],
  ['engagement.trend.days', { name: 'Trend looks back', unit: 'days' }],
  ['engagement.trend.deadBandScore', { name: 'Trend is steady within', unit: 'score points' }],
  ['usage.match', { name: 'Usage counts when' }],
  ['usage.exclude', { name: 'Usage leaves out events when' }],
  ['usage.featurePaths', { name: 'Properties that name the feature' }],
  ['usage.windowDays', { name: 'Usage window', unit: 'days' }],
  ['usage.tiers.*.minEvents', { name: 'from', unit: 'events' }],
  ['usage.segments.*.match', { name: 'holds when' }],
  ['usage.segments.*.tiers.*.minEvents', { name: 'from', unit: 'events' }],
  ['usage.products.*.match', { name: 'counts when' }],
  ['usage.products.*.tiers.*.minEvents', { name: 'from', unit: 'events' }],
  ['usage.features.*.names', { name: 'goes by' }],
  ['usage.features.*.tiers.*.minEvents', { name: 'from', unit: 'events' }],
  ['usage.lifecycle', { name: 'Lifecycle' }],
  ['usage.lifecycle.activation', { name: 'A lead is activated when' }],
  ['usage.lifecycle.core', { name: 'The core is used when' }],
  ['usage.lifecycle.sessionStart', { name: 'A session starts when' }],
  ['usage.lifecycle.activeDays', { name: 'Active within', unit: 'days' }],
  ['usage.lifecycle.churnedDays', { name: 'Churned after', unit: 'days' }],
  ['usage.lifecycle.decline', { name: 'Decline' }],
  ['usage.lifecycle.decline.days', { name: 'Decline is looked for in', unit: 'days' }],
  ['usage.lifecycle.decline.dropPercent', { name: 'Decline is a drop of', unit: 'percent' }],
  ['usage.weights.frequency', { name: 'Weight of usage frequency' }],
  ['usage.weights.recency', { name: 'Weight of usage recency' }],
  ['usage.weights.diversity', { name: 'Weight of usage diversity' }],
  ['usage.halfAt.events', { name: 'Usage frequency is worth half at', unit: 'events' }],
  ['usage.halfAt.days', { name: 'Usage recency is worth half at', unit: 'days' }],
  ['usage.halfAt.features', { name: 'Usage diversity is worth half at', unit: 'features' }],
  ['fit.criteria.*.match', { name: 'holds when' }],
  ['fit.criteria.*.points', { name: '', unit: 'points' }],
  ['fit.criteria.*.isDisqualifier', { name: 'disqualifies' }],
  ['fit.grades.*.minScore', { name: 'from score' }],
  ['fit.unknownScore', { name: 'Fit assumed while unknown' }],
  ['priority.fitWeight', { name: 'Weight of fit in the priority' }],
  ['priority.gradeDMaxValue', { name: 'Greatest priority with grade D' }],
  ['priority.cells.*.nextStep', { name: 'next step' }],
]);

/**
 * Places that are applied when a profile is read. Every other change, of fields yet unknown too, decides what profiles
 * record, and only the events can tell what they would hold under it.
 */
const readPlaces: readonly RegExp[] = [
  /^(key|name|landmark)$/,
  /^engagement\.(halfScorePoints|groups\b.*|bands\b.*|trend\.deadBandScore)$/,
  /^engagement\.signals\.\*\.(label|weightPoints|dailyLimit|mostPoints|group)$/,
  /^usage\.(tiers|segments|features|weights|halfAt)\b/,
  /^usage\.products$/,
  /^usage\.products\.\*\.(label|tiers\b.*)$/,
  /^usage\.lifecycle\.(activeDays|churnedDays|decline\b.*)$/,
  /^(fit|priority)\b/,
];

/** A field's value with its name and unit: "from score 60", "1 point". The name stands first unless it is empty. */
export function withUnit(value: string, { name, unit }: FieldWords): string {
  const counted = value === '1' || value.endsWith('→ 1') ? unit?.replace(/s$/, '') : unit;
  return `${name === '' ? '' : `${name} `}${value}${counted === undefined ? '' : ` ${counted}`}`;
}

/** Whether a change at this place (entries as `*`) needs the leads' events: profiles do not hold what it asks for. */
export function needsEventsAt(place: string): boolean {
  return !readPlaces.some((pattern) => pattern.test(place));
}

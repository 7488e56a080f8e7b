/** When each trait was said: `all` for every trait that `own` does not name. Epoch ms. */
export interface TraitTimes {
  all: number;
  own: Record<string, number>;
}

/** What is known of somebody, and as of when. */
export interface TimedTraits {
  traits: Record<string, unknown>;
  times: TraitTimes;
}

/** Most traits of one lead; further ones are not kept, new values of known ones and those we read are. */
export const MOST_TRAITS = 1_000;

/** Traits that fill a column or name a company. */
const alwaysKept = new Set([
  ...['email', 'name', 'firstName', 'first_name', 'lastName', 'last_name'],
  ...['title', 'owner', 'ownerEmail', 'company'],
]);

/** Nobody has said anything. */
export const noTimes: TraitTimes = { all: 0, own: {} };

function timeOf({ all, own }: TraitTimes, key: string): number {
  return Object.hasOwn(own, key) ? (own[key] ?? all) : all;
}

function latestOf({ all, own }: TraitTimes): number {
  return Object.values(own).reduce((latest, at) => Math.max(latest, at), all);
}

/** True where everything known is said anew and later, as nearly all senders do. */
function saysAll(known: TimedTraits, traits: Record<string, unknown>, at: number): boolean {
  return at >= latestOf(known.times) && Object.keys(known.traits).every((key) => Object.hasOwn(traits, key));
}

/** Adds to what is known. `instantOf` says when a trait was said; null: what is known of it was said later. */
function add(
  known: TimedTraits,
  traits: Record<string, unknown>,
  instantOf: (key: string) => number | null,
): TimedTraits {
  const merged = { ...known.traits };
  const own = { ...known.times.own };
  let count = Object.keys(merged).length;
  for (const [key, value] of Object.entries(traits)) {
    const isKnown = Object.hasOwn(merged, key);
    if (!isKnown && count >= MOST_TRAITS && !alwaysKept.has(key)) continue;
    const at = instantOf(key);
    if (at === null) continue;
    if (!isKnown) count += 1;
    merged[key] = value;
    own[key] = at;
  }
  return { traits: merged, times: { all: known.times.all, own } };
}

/**
 * What is known after somebody said `traits` at `at`: of each trait what was said last, whatever came first. Said at
 * the same instant, what came last.
 */
export function sayTraits(known: TimedTraits, traits: Record<string, unknown>, at: number): TimedTraits {
  if (saysAll(known, traits, at)) return { traits, times: { all: at, own: {} } };
  const isLater = (key: string) => !Object.hasOwn(known.traits, key) || at >= timeOf(known.times, key);
  return add(known, traits, (key) => (isLater(key) ? at : null));
}

/** What is known of two who are one: of each trait what was said last. */
export function joinTraits(one: TimedTraits, other: TimedTraits): TimedTraits {
  const isLater = (key: string, at: number) => !Object.hasOwn(one.traits, key) || at > timeOf(one.times, key);
  return add(one, other.traits, (key) => {
    const at = timeOf(other.times, key);
    return isLater(key, at) ? at : null;
  });
}

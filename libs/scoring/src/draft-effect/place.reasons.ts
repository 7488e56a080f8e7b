import { contributionsAt } from '../engagement/engagement.explain';
import { fitOf } from '../fit/fit.score';
import type { CompiledModel } from '../model/model.compile';
import { usageCountAt } from '../usage/usage.read';
import type { LeadPlace, PlaceInput } from './lead.place';

/** One lead under a model: what its place is read from, and the place. */
export interface Placed {
  readonly input: PlaceInput;
  readonly model: CompiledModel;
  readonly place: LeadPlace;
}

interface Part {
  readonly label: string;
  readonly points: number;
}

/** Changes of less do not show in a number with one decimal. */
const LEAST_CHANGE = 0.05;
const MOST_PARTS = 3;

/** Why a lead's place changes, in lines for people: what moved most, and which cut-offs did. */
export function placeReasons(before: Placed, after: Placed): string[] {
  const reasons = [
    ...changeOf('Engagement score', before.place.engagementScore, after.place.engagementScore),
    ...partChanges(signalParts(before), signalParts(after)),
    ...changeOf('Fit', before.place.fitScore, after.place.fitScore),
    ...partChanges(fitParts(before), fitParts(after)),
    ...changeOf('Usage events in the window', usageOf(before), usageOf(after)),
  ];
  const cutOffs = cutOffReasons(before, after);
  const all = [...reasons, ...cutOffs];
  return all.length > 0 ? all : ['The priority cells are drawn otherwise'];
}

/** What moved although the number it is read from did not. */
function cutOffReasons(before: Placed, after: Placed): string[] {
  const [old, now] = [before.place, after.place];
  const isStill = (one: number | null, other: number | null): boolean => changeOf('', one, other).length === 0;
  return [
    ...(old.band !== now.band && isStill(old.engagementScore, now.engagementScore)
      ? ['Bands have other cut-offs']
      : []),
    ...(old.tier !== now.tier && isStill(usageOf(before), usageOf(after)) ? ['Tiers have other cut-offs'] : []),
    ...(old.grade !== now.grade && isStill(old.fitScore, now.fitScore) ? ['Grades have other cut-offs'] : []),
  ];
}

function signalParts({ input, model }: Placed): ReadonlyMap<string, Part> {
  const contributions = contributionsAt(input.profile, input.at, model);
  return new Map(contributions.map(({ signal, label, points }) => [signal, { label, points }]));
}

function fitParts({ input, model }: Placed): ReadonlyMap<string, Part> {
  return new Map(fitOf(input.attributes, model).reasons.map(({ key, label, points }) => [key, { label, points }]));
}

function usageOf({ input, model }: Placed): number {
  return usageCountAt(input.profile, input.at, model);
}

function partChanges(before: ReadonlyMap<string, Part>, after: ReadonlyMap<string, Part>): string[] {
  const keys = [...new Set([...after.keys(), ...before.keys()])];
  return keys
    .map((key) => {
      const [old, now] = [before.get(key), after.get(key)];
      const [from, to] = [old?.points ?? 0, now?.points ?? 0];
      return { label: now?.label ?? old?.label ?? key, from, to, size: Math.abs(to - from) };
    })
    .filter(({ size }) => size >= LEAST_CHANGE)
    .sort((one, other) => other.size - one.size)
    .slice(0, MOST_PARTS)
    .map(({ label, from, to }) => `${label}: ${numberWords(from)} → ${numberWords(to)} points`);
}

function changeOf(label: string, from: number | null, to: number | null): string[] {
  const isSame = from === to || (from !== null && to !== null && Math.abs(to - from) < LEAST_CHANGE);
  return isSame ? [] : [`${label} ${numberWords(from)} → ${numberWords(to)}`];
}

/** One decimal at most. */
function numberWords(value: number | null): string {
  return value === null ? 'none' : String(Math.round(value * 10) / 10);
}

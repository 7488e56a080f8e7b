import { fewerRuns } from '@rekindle/testing';
import fc from 'fast-check';
import { defaultModel } from './model/default.model';
import { type CompiledModel, compileModel } from './model/model.compile';
import type { ScoringModel } from './model/model.schema';
import { DAY_MS, type LeadAttributes, type Profile, type ScoringEvent } from './profile';
import { applyEvents, emptyProfile } from './profile/profile.apply';

/** Every property test of this library runs from this seed. */
export const SEED = 20_260_301;
/** Of property tests whose examples are dear: a tenth of the others. */
export const FEWER_RUNS = fewerRuns(10);
export const HOUR_MS = 3_600_000;
/** A fixed "now" for fixtures: a Sunday, 10:00 UTC. */
export const NOON = Date.parse('2026-03-01T10:00:00.000Z');

export const model = compileModel(defaultModel, 1);
export const noAttributes: LeadAttributes = { traits: {}, accountTraits: {} };

/** The default model with some of its engagement settings replaced. */
export function modelWith(engagement: Partial<ScoringModel['engagement']>): CompiledModel {
  return compileModel({ ...defaultModel, engagement: { ...defaultModel.engagement, ...engagement } }, 1);
}

let counter = 0;
export function tracked(name: string, at: number, properties: Record<string, unknown> = {}): ScoringEvent {
  counter += 1;
  return { messageId: `message-${counter}`, type: 'track', name, at, properties, context: {} };
}

export function page(path: string, at: number): ScoringEvent {
  return { ...tracked('', at, { path }), type: 'page', name: null };
}

export function profileOf(events: readonly ScoringEvent[], of: CompiledModel = model): Profile {
  return applyEvents(emptyProfile(), events, of).profile;
}

export function daysBefore(instant: number, days: number): number {
  return instant - days * DAY_MS;
}

/** Names of the default model's signals with limits, caps and negative weights in play. */
export const signalNames: Readonly<Record<string, string>> = {
  reply: 'Replied',
  'demo-request': 'Demo Requested',
  'pricing-page': 'Pricing Page Viewed',
  'link-click': 'Email Link Clicked',
  'email-open': 'Email Opened',
  unsubscribe: 'Unsubscribed',
  bounce: 'Email Bounced',
};

/** Events of many signals in the two years before NOON, often several on one day. */
export const someEvents: fc.Arbitrary<ScoringEvent[]> = fc.array(
  fc
    .record({
      name: fc.constantFrom(...Object.values(signalNames)),
      day: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 720 })),
      ms: fc.integer({ min: 0, max: DAY_MS - 1 }),
    })
    .map(({ name, day, ms }) => tracked(name, daysBefore(NOON, day) - ms)),
  { maxLength: 60 },
);

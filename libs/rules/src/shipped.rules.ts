import type { TriggerRule } from './rule.schema';

/** Everything a lead can do of its own accord; an open counts although machines open mail, for it delays, never triggers. */
const ACTS = ['reply', 'request', 'visit', 'download', 'click', 'open', 'social'];

const engagementHigh: TriggerRule = {
  key: 'engagement-high',
  name: 'Engagement is high',
  description: 'Tells the owner when a lead becomes highly engaged.',
  when: { fact: 'engagement.score', operator: 'gte', value: 60 },
  until: { fact: 'engagement.score', operator: 'lt', value: 50 },
  edge: 'becomes-true',
  coolDownDays: 7,
  mostEventAgeHours: 24,
  actions: [{ key: 'sales-alert', settings: { title: 'Highly engaged', emailOwner: true } }],
};

const spike: TriggerRule = {
  key: 'spike',
  name: 'Something changed',
  description:
    'Tells the owner when a lead suddenly does far more than it used to, once it amounts to something, and what.',
  when: {
    all: [
      { fact: 'engagement.spike', operator: 'eq', value: true },
      { fact: 'engagement.score', operator: 'gte', value: 45 },
    ],
  },
  until: { fact: 'engagement.spike', operator: 'eq', value: false },
  edge: 'becomes-true',
  coolDownDays: 3,
  mostEventAgeHours: 24,
  actions: [{ key: 'sales-alert', settings: { title: 'Something changed', emailOwner: true } }],
};

const goneQuiet: TriggerRule = {
  key: 'gone-quiet',
  name: 'Gone quiet',
  description: 'Starts the re-engagement sequence after 30 days of low engagement without any sign of life.',
  when: {
    all: [
      { fact: 'engagement.score', operator: 'lt', value: 25, forDays: 30 },
      {
        any: [
          { fact: 'signals.daysSinceLast', signals: ACTS, operator: 'gte', value: 30 },
          { fact: 'signals.daysSinceLast', signals: ACTS, operator: 'missing' },
        ],
      },
    ],
  },
  edge: 'becomes-true',
  coolDownDays: 90,
  mostEventAgeHours: 24,
  actions: [{ key: 'start-sequence', settings: { sequence: 're-engagement' } }],
};

/** The rules every new workspace starts with. */
export const shippedRules: readonly TriggerRule[] = [engagementHigh, spike, goneQuiet];

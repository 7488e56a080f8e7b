import type { SequenceDocument } from './sequence.schema';

/** The sequences every new workspace starts with. */
export const shippedSequences: readonly SequenceDocument[] = [
  {
    key: 're-engagement',
    name: 'Re-engagement',
    description: 'Two mails, three days apart, to a lead that has gone quiet. Any sign of life ends it.',
    steps: [
      { template: 're-engagement-1', afterHours: 0 },
      { template: 're-engagement-2', afterHours: 72 },
    ],
    exits: ['reply', 'click', 'visit', 'request', 'download'],
  },
];

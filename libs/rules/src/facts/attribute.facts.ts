import { readPath } from '@rekindle/scoring';
import { never, type FactDefinition } from './fact';

/** Facts about who the lead and its account are. */
export const attributeFacts: readonly FactDefinition[] = [
  {
    key: 'lead.trait',
    label: 'Lead trait',
    noun: ({ path }) => `the lead’s ${path ?? 'trait'}`,
    type: 'any',
    hasPath: true,
    allowsForDays: false,
    value: ({ attributes }, _at, { leaf }) => readPath(attributes.traits, leaf.path ?? ''),
    nextChange: never,
  },
  {
    key: 'account.trait',
    label: 'Account trait',
    noun: ({ path }) => `the account’s ${path ?? 'trait'}`,
    type: 'any',
    hasPath: true,
    allowsForDays: false,
    value: ({ attributes }, _at, { leaf }) => readPath(attributes.accountTraits, leaf.path ?? ''),
    nextChange: never,
  },
];

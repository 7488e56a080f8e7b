import type { Source } from '@rekindle/contracts';
import { aSource } from './source.fixture';
import { stateOf } from './provider-state';

const noon = '2026-11-21T12:00:00.000Z';
const later = '2026-11-21T13:00:00.000Z';
const refusedAt = (at: string): Partial<Source> => ({ lastRefusal: { at, code: 'too_old' } });

describe('how a source stands', () => {
  it.each([
    ['waiting', {}],
    ['working', { lastReceivedAt: noon }],
    ['refused', { lastReceivedAt: noon, ...refusedAt(later) }],
    ['working', { lastReceivedAt: later, ...refusedAt(noon) }],
    ['working', { lastReceivedAt: noon, updatedAt: later, ...refusedAt('2026-11-21T12:30:00.000Z') }],
    ['off', { isEnabled: false, ...refusedAt(later) }],
    ['broken', { isEnabled: false, problem: 'Its settings do not fit.' }],
  ] as const)('is %s of %j', (state, partial) => {
    expect(stateOf(aSource(partial))).toBe(state);
  });
});

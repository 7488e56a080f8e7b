import type { Source } from '@rekindle/contracts';

/** A signed webhook that nothing was received from yet; says only what a story needs. */
export function aSource(partial: Partial<Source> = {}): Source {
  return {
    id: 'source-1',
    key: 'webhook',
    label: 'Signed webhook',
    name: 'Our shop',
    url: 'https://scores.example/v1/sources/source-1',
    settings: {},
    isEnabled: true,
    hasSecret: true,
    problem: null,
    lastReceivedAt: null,
    lastRefusal: null,
    createdAt: '2026-11-20T12:00:00.000Z',
    updatedAt: '2026-11-20T12:00:00.000Z',
    ...partial,
  };
}

import type { Import, Source } from '@rekindle/contracts';
import type { StoredEvent } from './event-stream.queries';

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

/** An event that counts for a lead; says only what a story needs. */
export function anEvent(partial: Partial<StoredEvent> = {}): StoredEvent {
  return {
    id: 'event-1',
    messageId: 'm-1',
    leadId: 'lead-1',
    type: 'track',
    name: 'Pricing Page Viewed',
    timestamp: '2026-11-21T11:59:00.000Z',
    receivedAt: '2026-11-21T11:59:01.000Z',
    status: 'scored',
    code: null,
    signal: 'pricing-page',
    signalLabel: 'Pricing page',
    points: 6,
    userId: 'u1',
    anonymousId: null,
    classification: null,
    properties: {},
    ...partial,
  };
}

/** A file of leads that was just uploaded; says only what a story needs. */
export function anImport(partial: Partial<Import> = {}): Import {
  return {
    id: '01990000-0000-7000-8000-000000000001',
    kind: 'leads',
    fileName: 'crm.csv',
    bytes: 120,
    state: 'ready',
    format: {
      ...{ shape: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: true, sample: [] },
      columns: [{ name: 'E-mail', type: 'text', examples: ['a@x.example'], isEmpty: false, warning: null }],
    },
    mapping: {
      columns: [{ column: 'E-mail', target: 'email', type: 'text' }],
      ...{ constants: {}, unknownValues: [], replacements: [], dateOrder: 'month-first' },
    },
    issues: [],
    finding: null,
    ...{ rowsDone: 0, imported: 0, unchanged: 0, skipped: 0, rejected: 0, error: null },
    createdAt: '2026-11-21T11:00:00.000Z',
    updatedAt: '2026-11-21T11:00:00.000Z',
    finishedAt: null,
    ...partial,
  };
}

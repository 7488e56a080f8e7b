import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyLeadState } from '@rekindle/rules';
import type { LeadState, StateSummary } from '@rekindle/rules';
import { Database } from './database/database';
import type { DatabaseOptions } from './database/database';
import { newId } from './id.generator';
import type { AlertRow } from './stores/alert.store';
import type { EnrolmentRow } from './stores/enrolment.store';
import type { EventRow } from './stores/event.store';
import type { LeadRow } from './stores/lead.store';
import type { MessageInsert } from './stores/message.row';
import type { ProfileWrite } from './stores/profile.store';

/** Noon, 1 March 2025. */
export const NOON = Date.parse('2025-03-01T12:00:00.000Z');

/** A database in a folder of its own. */
export interface TemporaryDatabase {
  db: Database;
  path: string;
  remove(): Promise<void>;
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'rekindle-store-'));

export const temporaryDatabase = async (options: Partial<DatabaseOptions> = {}): Promise<TemporaryDatabase> => {
  const folder = await temporaryFolder();
  const path = join(folder, 'rekindle.db');
  const db = await Database.open({ url: `sqlite:${path}`, ...options });
  return {
    db,
    path,
    remove: async () => {
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const aLead = (parts: Partial<LeadRow> = {}): LeadRow => ({
  id: newId(NOON),
  userId: null,
  email: null,
  name: null,
  title: null,
  owner: null,
  accountId: null,
  traits: {},
  traitTimes: null,
  membership: null,
  mergedInto: null,
  createdAt: NOON,
  updatedAt: NOON,
  ...parts,
});

export const aState = (parts: Partial<LeadState> = {}): LeadState => ({ ...emptyLeadState(), clock: NOON, ...parts });

export const aProfile = (leadId: string, summary: Partial<StateSummary> = {}): ProfileWrite => ({
  leadId,
  state: aState(),
  summary: {
    engagementRank: null,
    engagementSlope: 0,
    fitScore: 50,
    fitGrade: null,
    usageTier: null,
    lastActivityAt: null,
    nextDueAt: null,
    ...summary,
  },
  modelVersion: 1,
});

export const anEvent = (parts: Partial<EventRow> = {}): EventRow => ({
  id: newId(NOON),
  messageId: newId(NOON),
  contentHash: 'hash',
  leadId: null,
  accountId: null,
  type: 'track',
  name: 'Email Opened',
  at: NOON,
  timestamp: NOON,
  receivedAt: NOON,
  status: 'scored',
  code: null,
  signal: null,
  userId: null,
  anonymousId: null,
  payload: { properties: {} },
  mailKey: null,
  ...parts,
});

export const anAlert = (parts: Partial<AlertRow> = {}): AlertRow => ({
  id: newId(NOON),
  leadId: newId(NOON),
  firingId: newId(NOON),
  ruleKey: 'engagement-high',
  owner: null,
  title: 'Hot',
  sentence: 'Ada is hot.',
  causes: [],
  nextStep: 'Call',
  score: 61.5,
  state: 'unread',
  at: NOON,
  createdAt: NOON,
  doneAt: null,
  ...parts,
});

export const anEnrolment = (parts: Partial<EnrolmentRow> = {}): EnrolmentRow => ({
  id: newId(NOON),
  sequenceKey: 're-engagement',
  sequenceVersion: 1,
  leadId: newId(NOON),
  firingId: null,
  state: 'active',
  reason: null,
  stepIndex: 0,
  nextStepAt: NOON,
  startedAt: NOON,
  endedAt: null,
  endedBy: null,
  resumeAt: null,
  ...parts,
});

export const aMessage = (parts: Partial<MessageInsert> = {}): MessageInsert => ({
  id: newId(NOON),
  kind: 'sequence',
  leadId: null,
  enrolmentId: null,
  step: null,
  alertId: null,
  template: 're-engagement-1',
  toAddress: 'ada@example.com',
  addressHash: 'hash-of-ada',
  subject: 'Still there?',
  html: '<p>Hello</p>',
  text: 'Hello',
  headers: { 'List-Unsubscribe': '<https://example.com/u/1>' },
  messageIdHeader: '<1@example.com>',
  state: 'queued',
  nextAttemptAt: NOON,
  createdAt: NOON,
  ...parts,
});

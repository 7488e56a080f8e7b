import { compileModel, defaultModel } from '@rekindle/scoring';
import type { Sql } from '../database/sql';
import { newId } from '../id.generator';
import { aLead, aMessage, anAlert, anEnrolment, anEvent, aProfile, NOON } from '../store.fixture';
import { importBoundCalls, importCrossingCalls, importInsertCalls } from './import.calls.fixture';
import { aKey, aSource, receiptOf, stores } from './store.seed.fixture';
import type { SeedIds } from './store.seed.fixture';

/** One call of a store's method, `store.method` or `store.method (variant)`. */
export type StoreCall = (sql: Sql, workspaceId: string, seed: SeedIds) => Promise<unknown>;

const model = compileModel(defaultModel, 1);
const now = NOON + 1;
const page = { limit: 10 };
const at = { reason: 'test', now };
const byEvent = { ...at, by: 'm1' };
const later = { limit: 1, cursor: Buffer.from(JSON.stringify([NOON + 5, 'z'])).toString('base64url') };
const list = { now, model, limit: 5 } as const;

/** Calls that look at or change rows named by ids, keys or leads: of another workspace they must find nothing. */
export const boundCalls: Record<string, StoreCall> = {
  ...importBoundCalls,
  'account.getByGroupIds': (sql, ws) => stores.account.getByGroupIds(sql, ws, ['g1']),
  'account.getMany': (sql, ws, seed) => stores.account.getMany(sql, ws, [seed.account]),
  'account.byId': (sql, ws, seed) => stores.account.byId(sql, ws, seed.account),
  'account.delete': (sql, ws, seed) => stores.account.delete(sql, ws, seed.account),
  'account.updateMany': async (sql, ws, seed) => {
    const row = { id: seed.account, groupId: 'g1', name: 'Stolen', domain: null, traits: {}, traitTimes: null };
    return stores.account.updateMany(sql, ws, [{ ...row, createdAt: now, updatedAt: now }]);
  },
  'alert.byId': (sql, ws, seed) => stores.alert.byId(sql, ws, seed.alert),
  'alert.list': (sql, ws) => stores.alert.list(sql, ws, page),
  'alert.list (filtered)': (sql, ws, seed) =>
    stores.alert.list(sql, ws, { ...later, leadId: seed.lead, state: 'unread', ruleKey: 'engagement-high' }),
  'alert.count': (sql, ws) => stores.alert.count(sql, ws, {}),
  'alert.setState': (sql, ws, seed) => stores.alert.setState(sql, ws, { id: seed.alert, state: 'done', now }),
  'alert.deleteForLeads': (sql, ws, seed) => stores.alert.deleteForLeads(sql, ws, [seed.lead]),
  'alert.moveToLead': (sql, ws, seed) => stores.alert.moveToLead(sql, ws, seed.lead, seed.other),
  'change.forLead': (sql, ws, seed) => stores.change.forLead(sql, ws, seed.lead, page),
  'change.forLead (until)': (sql, ws, seed) => stores.change.forLead(sql, ws, seed.lead, { limit: 1, until: now }),
  'change.deleteForLeads': (sql, ws, seed) => stores.change.deleteForLeads(sql, ws, [seed.lead]),
  'change.moveToLead': (sql, ws, seed) => stores.change.moveToLead(sql, ws, seed.lead, seed.other),
  'credential.listWriteKeys': (sql, ws) => stores.credential.listWriteKeys(sql, ws),
  'credential.listApiKeys': (sql, ws) => stores.credential.listApiKeys(sql, ws),
  'credential.revokeWriteKey': (sql, ws, seed) => stores.credential.revokeWriteKey(sql, ws, seed.writeKey, now),
  'credential.revokeApiKey': (sql, ws, seed) => stores.credential.revokeApiKey(sql, ws, seed.apiKey, now),
  'enrolment.byId': (sql, ws, seed) => stores.enrolment.byId(sql, ws, seed.enrolment),
  'enrolment.activeForLeads': (sql, ws, seed) => stores.enrolment.activeForLeads(sql, ws, [seed.lead]),
  'enrolment.forLead': (sql, ws, seed) => stores.enrolment.forLead(sql, ws, seed.lead),
  'enrolment.advanceStep': (sql, ws, seed) =>
    stores.enrolment.advanceStep(sql, ws, { id: seed.enrolment, from: 0, to: 1, nextStepAt: now }),
  'enrolment.complete': (sql, ws, seed) => stores.enrolment.complete(sql, ws, { id: seed.enrolment, now }),
  'enrolment.exitMany': (sql, ws, seed) => stores.enrolment.exitMany(sql, ws, [seed.enrolment], at),
  'enrolment.endedByAny': async (sql, ws, seed) => {
    await stores.enrolment.exitMany(sql, ws, [seed.enrolment], byEvent);
    return stores.enrolment.endedByAny(sql, ws, seed.lead, ['m1']);
  },
  'enrolment.settleEnds': async (sql, ws, seed) => {
    await stores.enrolment.exitMany(sql, ws, [seed.enrolment], byEvent);
    return stores.enrolment.settleEnds(sql, ws, [seed.lead]);
  },
  'enrolment.explainEnd': async (sql, ws, seed) => {
    await stores.enrolment.exitMany(sql, ws, [seed.enrolment], byEvent);
    return stores.enrolment.explainEnd(sql, ws, { id: seed.enrolment, reason: 'test', by: 'm2', at: now });
  },
  'enrolment.reopen': async (sql, ws, seed) => {
    await stores.enrolment.exitMany(sql, ws, [seed.enrolment], byEvent);
    return stores.enrolment.reopen(sql, ws, seed.enrolment, now);
  },
  'enrolment.moveToLead': (sql, ws, seed) =>
    stores.enrolment.moveToLead(sql, ws, { from: seed.lead, into: seed.other, now }),
  'event.existing': (sql, ws) => stores.event.existing(sql, ws, ['m1']),
  'event.forLead': (sql, ws, seed) => stores.event.forLead(sql, ws, seed.lead),
  'event.forLead (until)': (sql, ws, seed) => stores.event.forLead(sql, ws, seed.lead, { until: now }),
  'event.forLead (after)': (sql, ws, seed) => stores.event.forLead(sql, ws, seed.lead, { after: 0 }),
  'event.byId': (sql, ws, seed) => stores.event.byId(sql, ws, seed.event),
  'event.named': (sql, ws, seed) =>
    stores.event.named(sql, ws, seed.lead, { names: ['email opened'], from: 0, until: now }),
  'event.actsOn': (sql, ws, seed) =>
    stores.event.actsOn(sql, ws, [{ leadId: seed.lead, mailKey: 'mail-1', from: 0, until: now }]),
  'event.judge': (sql, ws, seed) =>
    stores.event.judge(sql, ws, [{ id: seed.event, status: 'unscored', code: 'machine', signal: null, payload: {} }]),
  'event.listForLead': (sql, ws, seed) => stores.event.listForLead(sql, ws, seed.lead, later),
  'event.list': (sql, ws) => stores.event.list(sql, ws, page),
  'event.list (filtered)': (sql, ws) => stores.event.list(sql, ws, { ...later, status: 'scored' }),
  'event.count': (sql, ws) => stores.event.count(sql, ws),
  'event.deleteRejected': (sql, ws) => stores.event.deleteRejected(sql, ws, ['refused']),
  'event.getMany': (sql, ws, seed) => stores.event.getMany(sql, ws, [seed.event]),
  'event.receivedForLead': (sql, ws, seed) => stores.event.receivedForLead(sql, ws, seed.lead),
  'event.describingAccount': (sql, ws, seed) => stores.event.describingAccount(sql, ws, seed.account),
  'event.deleteMany': (sql, ws, seed) => stores.event.deleteMany(sql, ws, [seed.event]),
  'event.moveToLead': (sql, ws, seed) => stores.event.moveToLead(sql, ws, seed.lead, seed.other),
  'firing.forLead': (sql, ws, seed) => stores.firing.forLead(sql, ws, seed.lead, 10),
  'identity.resolve': (sql, ws) => stores.identity.resolve(sql, ws, [{ kind: 'user', value: 'u1' }]),
  'identity.countByLead': (sql, ws, seed) => stores.identity.countByLead(sql, ws, [seed.lead]),
  'identity.moveToLead': (sql, ws, seed) => stores.identity.moveToLead(sql, ws, seed.lead, seed.other),
  'identity.unlinkMany': (sql, ws, seed) =>
    stores.identity.unlinkMany(sql, ws, seed.lead, [{ kind: 'user', value: 'u1' }]),
  'identity.forLead': (sql, ws, seed) => stores.identity.forLead(sql, ws, seed.lead),
  'lead.getMany': (sql, ws, seed) => stores.lead.getMany(sql, ws, [seed.lead, seed.other]),
  'lead.byId': (sql, ws, seed) => stores.lead.byId(sql, ws, seed.lead),
  'lead.byUserId': (sql, ws) => stores.lead.byUserId(sql, ws, 'u1'),
  'lead.count': (sql, ws) => stores.lead.count(sql, ws),
  'lead.idsOfAccount': (sql, ws, seed) => stores.lead.idsOfAccount(sql, ws, seed.account),
  'lead.updateMany': (sql, ws, seed) => stores.lead.updateMany(sql, ws, [aLead({ id: seed.lead, name: 'Stolen' })]),
  'lead.markMerged': (sql, ws, seed) => stores.lead.markMerged(sql, ws, { from: seed.lead, into: seed.other, now }),
  'lead.delete': (sql, ws, seed) => stores.lead.delete(sql, ws, seed.lead),
  'lead.owners': (sql, ws) => stores.lead.owners(sql, ws),
  'leadList.page (priority)': (sql, ws) => stores.leadList.page(sql, ws, { ...list, sort: '-priority' }),
  'leadList.page (engagement)': (sql, ws) => stores.leadList.page(sql, ws, { ...list, sort: '-engagement' }),
  'leadList.page (activity)': (sql, ws) => stores.leadList.page(sql, ws, { ...list, sort: '-lastActivityAt' }),
  'leadList.count': (sql, ws) => stores.leadList.count(sql, ws, { now, model }),
  'link.countOf': (sql, ws, seed) => stores.link.countOf(sql, ws, seed.message),
  'link.byId': (sql, ws, seed) => stores.link.byId(sql, ws, seed.link),
  'message.queue': (sql, ws, seed) => stores.message.queue(sql, ws, { id: seed.message, now }),
  'message.markHandingOver': async (sql, ws, seed) =>
    (await stores.message.markHandingOver(sql, { workspaceId: ws, id: seed.held, fence: 1 }, { now, until: now + 9 }))
      .isAllowed,
  'message.markSent': (sql, ws, seed) => stores.message.markSent(sql, { workspaceId: ws, id: seed.held, fence: 1 }, at),
  'message.markRejected': (sql, ws, seed) =>
    stores.message.markRejected(sql, { workspaceId: ws, id: seed.held, fence: 1 }, at),
  'message.markUncertain': (sql, ws, seed) =>
    stores.message.markUncertain(sql, { workspaceId: ws, id: seed.held, fence: 1 }, at),
  'message.markSkipped': (sql, ws, seed) =>
    stores.message.markSkipped(sql, { workspaceId: ws, id: seed.held, fence: 1 }, at),
  'message.putBack': (sql, ws, seed) =>
    stores.message.putBack(sql, { workspaceId: ws, id: seed.held, fence: 1 }, { ...at, nextAttemptAt: now }),
  'message.resolveUncertain': (sql, ws, seed) =>
    stores.message.resolveUncertain(sql, ws, { id: seed.held, state: 'queued', ...at }),
  'message.sequenceMailsSince': (sql, ws, seed) => stores.message.sequenceMailsSince(sql, ws, seed.lead, NOON - 1),
  'message.requeueForEnrolment': async (sql, ws, seed) => {
    await stores.message.skipForEnrolments(sql, ws, [seed.enrolment], at);
    const again = { endedFor: at.reason, notBefore: now, now };
    return stores.message.requeueForEnrolment(sql, ws, seed.enrolment, again);
  },
  'message.skipForEnrolments': (sql, ws, seed) => stores.message.skipForEnrolments(sql, ws, [seed.enrolment], at),
  'message.moveToLead': (sql, ws, seed) => stores.message.moveToLead(sql, ws, seed.lead, seed.other),
  'messageList.byId': (sql, ws, seed) => stores.messageList.byId(sql, ws, seed.message),
  'messageList.byMessageIdHeaders': (sql, ws) => stores.messageList.byMessageIdHeaders(sql, ws, ['<1@example.com>']),
  'messageList.list': (sql, ws) => stores.messageList.list(sql, ws, page),
  'messageList.list (filtered)': (sql, ws, seed) =>
    stores.messageList.list(sql, ws, { ...later, leadId: seed.lead, state: 'leased' }),
  'messageList.count': (sql, ws) => stores.messageList.count(sql, ws, {}),
  'model.list': (sql, ws) => stores.model.list(sql, ws),
  'model.published': (sql, ws) => stores.model.published(sql, ws, 'default'),
  'model.draft': (sql, ws) => stores.model.draft(sql, ws, 'default'),
  'model.byVersion': (sql, ws) => stores.model.byVersion(sql, ws, 'default', 1),
  'model.replaceDraft': (sql, ws) =>
    stores.model.replaceDraft(sql, ws, { key: 'default', ifMatch: 'e2', etag: 'e3', document: {}, now }),
  'model.publish': (sql, ws) => stores.model.publish(sql, ws, { key: 'default', ifMatch: 'e2', now }),
  'outbox.counts': (sql, ws) => stores.outbox.counts(sql, ws),
  'profile.getMany': (sql, ws, seed) => stores.profile.getMany(sql, ws, [seed.lead]),
  'profile.leadIdsAfter': (sql, ws) => stores.profile.leadIdsAfter(sql, ws, '', 10),
  'profile.wakeAccount': (sql, ws, seed) => stores.profile.wakeAccount(sql, ws, seed.account, now),
  'profile.delete': (sql, ws, seed) => stores.profile.delete(sql, ws, seed.lead),
  'rule.list': (sql, ws) => stores.rule.list(sql, ws),
  'rule.byKey': (sql, ws) => stores.rule.byKey(sql, ws, 'spike'),
  'rule.setEnabled': (sql, ws) => stores.rule.setEnabled(sql, ws, { key: 'spike', isEnabled: false, now }),
  'sequence.list': (sql, ws) => stores.sequence.list(sql, ws),
  'sequence.byKey': (sql, ws) => stores.sequence.byKey(sql, ws, 'welcome'),
  'session.touch': (sql, ws, seed) =>
    stores.session.touch(sql, ws, { id: seed.session, lastSeenAt: now, expiresAt: now }),
  'session.delete': (sql, ws, seed) => stores.session.delete(sql, ws, seed.session),
  'source.byId': (sql, ws, seed) => stores.source.byId(sql, ws, seed.source),
  'source.list': (sql, ws) => stores.source.list(sql, ws),
  'source.change': (sql, ws, seed) => stores.source.change(sql, ws, { id: seed.source, isEnabled: false, now }),
  'source.noteCall': (sql, ws, seed) =>
    stores.source.noteCall(sql, ws, { sourceId: seed.source, at: now, refusal: 'too_old', unlessAfter: NOON }),
  'source.delete': (sql, ws, seed) => stores.source.delete(sql, ws, seed.source),
  'source.forget': (sql, ws) => stores.source.forget(sql, ws, now),
  'suppression.among': (sql, ws) => stores.suppression.among(sql, ws, ['gone']),
  'suppression.has': (sql, ws) => stores.suppression.has(sql, ws, 'gone'),
  'suppression.remove': (sql, ws) => stores.suppression.remove(sql, ws, 'gone'),
  'user.byId': (sql, ws, seed) => stores.user.byId(sql, ws, seed.user),
  'user.byEmail': (sql, ws) => stores.user.byEmail(sql, ws, 'rep@example.com'),
  'user.list': (sql, ws) => stores.user.list(sql, ws),
};

/** Calls that add rows to a workspace, with ids and keys that another one uses already. */
export const insertCalls: Record<string, StoreCall> = {
  ...importInsertCalls,
  'account.insertMany': async (sql, ws, seed) => {
    const row = { id: seed.account, groupId: 'g1', name: null, domain: null, traits: {}, traitTimes: null };
    await stores.account.insertMany(sql, ws, [{ ...row, createdAt: now, updatedAt: now }]);
  },
  'alert.insertMany': (sql, ws, seed) => stores.alert.insertMany(sql, ws, [anAlert({ id: seed.alert })]),
  'change.insertMany': (sql, ws, seed) =>
    stores.change.insertMany(sql, ws, [{ id: newId(now), leadId: seed.lead, kind: 'band', at: now, detail: {} }]),
  'credential.insertWriteKey': (sql, ws) =>
    stores.credential.insertWriteKey(sql, ws, { ...aKey(newId(now), 'write'), trust: 'browser' }),
  'credential.insertApiKey': (sql, ws) =>
    stores.credential.insertApiKey(sql, ws, { ...aKey(newId(now), 'api'), scopes: [] }),
  'enrolment.insert': (sql, ws, seed) => stores.enrolment.insert(sql, ws, anEnrolment({ leadId: seed.lead })),
  'event.insertMany': (sql, ws, seed) =>
    stores.event.insertMany(sql, ws, [anEvent({ id: seed.event, messageId: 'm1' })]),
  'firing.insertMany': async (sql, ws, seed) => {
    const row = { id: seed.firing, ruleKey: 'spike', ruleVersion: 1, leadId: seed.lead, sequence: 1 };
    await stores.firing.insertMany(sql, ws, [{ ...row, at: now, createdAt: now, cause: {} }]);
  },
  'identity.linkMany': (sql, ws, seed) =>
    stores.identity.linkMany(sql, ws, [{ kind: 'user', value: 'u1', leadId: seed.other }]),
  'lead.insertMany': (sql, ws, seed) => stores.lead.insertMany(sql, ws, [aLead({ id: seed.lead })]),
  'link.insertMany': (sql, ws, seed) =>
    stores.link.insertMany(sql, ws, [
      { id: seed.link, messageId: seed.message, url: 'https://evil.test', isTrap: false },
    ]),
  'message.insert': (sql, ws, seed) => stores.message.insert(sql, ws, aMessage({ id: seed.message })),
  'model.insert': (sql, ws) =>
    stores.model.insert(sql, ws, {
      id: newId(now),
      key: 'default',
      version: 1,
      status: 'published',
      document: {},
      etag: 'x',
      createdAt: now,
      updatedAt: now,
      publishedAt: now,
    }),
  'outbox.insertMany': (sql, ws) =>
    stores.outbox.insertMany(sql, ws, [{ id: newId(now), kind: 'a', dedupeKey: 'd1', payload: {}, createdAt: now }]),
  'profile.upsertMany': (sql, ws, seed) => stores.profile.upsertMany(sql, ws, [aProfile(seed.lead)], now),
  'rule.put': (sql, ws) => stores.rule.put(sql, ws, { id: newId(now), key: 'spike', document: { b: 2 }, now }),
  'sequence.put': (sql, ws) =>
    stores.sequence.put(sql, ws, { id: newId(now), key: 'welcome', document: { b: 2 }, now }),
  'session.insert': (sql, ws, seed) =>
    stores.session.insert(sql, ws, {
      id: seed.session,
      tokenHash: newId(now),
      userId: seed.user,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: now + 1,
    }),
  'source.insert': (sql, ws) => stores.source.insert(sql, ws, aSource(newId(now))),
  'source.claim': (sql, ws, seed) => stores.source.claim(sql, ws, { ...receiptOf(seed.source), bodyHash: 'h2' }),
  'suppression.add': (sql, ws) => stores.suppression.add(sql, ws, { addressHash: 'gone', reason: 'x', createdAt: now }),
  'user.insert': (sql, ws, seed) =>
    stores.user.insert(sql, ws, {
      id: seed.user,
      email: 'rep@example.com',
      name: 'R',
      passwordHash: 'x',
      role: 'viewer',
      createdAt: now,
    }),
};

/** Calls that cross workspaces on purpose: timers, leases, and looking a secret up. */
export const crossingCalls: Record<string, StoreCall> = {
  ...importCrossingCalls,
  'credential.writeKeyByHash': (sql, _ws, seed) => stores.credential.writeKeyByHash(sql, `write-${seed.writeKey}`),
  'credential.apiKeyByHash': (sql, _ws, seed) => stores.credential.apiKeyByHash(sql, `api-${seed.apiKey}`),
  'enrolment.due': (sql) => stores.enrolment.due(sql, now, 10),
  'message.lease': (sql) => stores.message.lease(sql, now, 10, 1_000),
  'message.pending': (sql) => stores.message.pending(sql, now),
  'message.sweep': (sql) => stores.message.sweep(sql, now),
  'outbox.lease': (sql) => stores.outbox.lease(sql, now, 10, 1_000),
  'outbox.nextAttemptAt': (sql) => stores.outbox.nextAttemptAt(sql),
  'outbox.done': (sql) => stores.outbox.done(sql, lease, now),
  'outbox.retry': (sql) => stores.outbox.retry(sql, lease, { error: 'x', nextAttemptAt: now, now }),
  'outbox.fail': (sql) => stores.outbox.fail(sql, lease, { error: 'x', now }),
  'profile.due': (sql) => stores.profile.due(sql, now, 10),
  'session.byTokenHash': (sql, _ws, seed) => stores.session.byTokenHash(sql, seed.session, NOON),
  'session.deleteExpired': (sql) => stores.session.deleteExpired(sql, now),
  'source.forDelivery': (sql, _ws, seed) => stores.source.forDelivery(sql, seed.source),
  'user.forSignIn': (sql) => stores.user.forSignIn(sql, 'rep@example.com'),
  'workspace.insert': (sql) =>
    stores.workspace.insert(sql, { id: newId(now), name: 'W3', timezone: 'UTC', isDemo: false, createdAt: now }),
  'workspace.byId': (sql, ws) => stores.workspace.byId(sql, ws),
  'workspace.list': (sql) => stores.workspace.list(sql),
};

const lease = { workspaceId: 'nobody', id: 'nothing', kind: 'alert', payload: {}, fence: 1, attempts: 1 };

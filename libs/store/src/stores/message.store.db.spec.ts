import { aMessage, anEnrolment, NOON, temporaryDatabase } from '../store.fixture';
import type { TemporaryDatabase } from '../store.fixture';
import { EnrolmentStore } from './enrolment.store';
import { MessageListStore } from './message-list.store';
import type { MessageInsert, MessageLease, MessageState } from './message.row';
import { MessageStore } from './message.store';
import { SuppressionStore } from './suppression.store';

const WORKSPACE = 'w1';
const LEASE_MS = 15 * 60_000;

describe('a message on its way', () => {
  const messages = new MessageStore();
  const enrolments = new EnrolmentStore();
  const suppressions = new SuppressionStore();
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await temporaryDatabase();
  });
  afterEach(() => temporary.remove());

  const insert = async (parts: Partial<MessageInsert> = {}): Promise<string> => {
    const message = aMessage(parts);
    await temporary.db.write((sql) => messages.insert(sql, WORKSPACE, message));
    return message.id;
  };
  const lease = (now = NOON): Promise<MessageLease[]> =>
    temporary.db.write((sql) => messages.lease(sql, now, 10, LEASE_MS));
  const leased = async (parts: Partial<MessageInsert> = {}): Promise<MessageLease> => {
    const id = await insert(parts);
    const claim = (await lease()).find((candidate) => candidate.id === id);
    if (claim === undefined) throw new Error('not leased');
    return claim;
  };
  const handOver = (claim: MessageLease, now = NOON + 1) =>
    temporary.db.write((sql) => messages.markHandingOver(sql, claim, { now, until: now + LEASE_MS }));
  const row = async (id: string) => {
    const found = await new MessageListStore().byId(temporary.db.read, WORKSPACE, id);
    if (found === null) throw new Error('gone');
    return found;
  };
  const stateOf = async (id: string): Promise<MessageState> => (await row(id)).state;

  it('goes planned, queued, leased, handing over, sent, and keeps its content word for word', async () => {
    const message = aMessage({ state: 'planned', text: 'Grüße "Ada"\n👋', headers: { 'X-A': 'b' } });
    await temporary.db.write((sql) => messages.insert(sql, WORKSPACE, message));
    expect(await lease()).toEqual([]);
    expect(await temporary.db.write((sql) => messages.queue(sql, WORKSPACE, { id: message.id, now: NOON }))).toBe(true);
    const [claim] = await lease();
    expect(claim).toMatchObject({ workspaceId: WORKSPACE, id: message.id, fence: 1, attempts: 1, text: message.text });
    if (claim === undefined) return;
    expect(await handOver(claim)).toEqual({ isAllowed: true });
    expect(await stateOf(message.id)).toBe('handing_over');
    expect(await temporary.db.write((sql) => messages.markSent(sql, claim, { now: NOON + 2 }))).toBe(true);
    expect(await row(message.id)).toMatchObject({
      ...message,
      state: 'sent',
      sentAt: NOON + 2,
      isCaught: false,
      leaseUntil: null,
    });
  });

  it('exists once per step of an enrolment and once per alert', async () => {
    const step = { enrolmentId: 'e1', step: 0 };
    await insert(step);
    expect(await temporary.db.write((sql) => messages.insert(sql, WORKSPACE, aMessage(step)))).toBe(false);
    await insert({ alertId: 'a1' });
    expect(await temporary.db.write((sql) => messages.insert(sql, WORKSPACE, aMessage({ alertId: 'a1' })))).toBe(false);
    expect(await temporary.db.write((sql) => messages.insert(sql, 'w2', aMessage({ ...step })))).toBe(true);
    expect(await new MessageListStore().count(temporary.db.read, WORKSPACE, {})).toBe(2);
  });

  it('is leased only when due, the longest due first, and by one holder at a time', async () => {
    await insert({ nextAttemptAt: NOON + 1 });
    const second = await insert({ nextAttemptAt: NOON });
    const first = await insert({ nextAttemptAt: NOON - 5 });
    const claims = await Promise.all([lease(), lease(), lease()]);
    expect(claims.flat().map(({ id }) => id)).toEqual([first, second]);
  });

  it('never leaves for an address that was suppressed after it was leased (P7)', async () => {
    const claim = await leased();
    await temporary.db.write((sql) =>
      suppressions.add(sql, WORKSPACE, { addressHash: 'hash-of-ada', reason: 'unsubscribe', createdAt: NOON }),
    );
    expect(await handOver(claim)).toEqual({ isAllowed: false, reason: 'suppressed' });
    expect(await row(claim.id)).toMatchObject({ state: 'skipped', reason: 'suppressed' });
  });

  it('takes no notice of what another workspace suppressed', async () => {
    const claim = await leased();
    await temporary.db.write((sql) =>
      suppressions.add(sql, 'w2', { addressHash: 'hash-of-ada', reason: 'unsubscribe', createdAt: NOON }),
    );
    expect(await handOver(claim)).toEqual({ isAllowed: true });
  });

  it.each(['exited', 'never there'])('never leaves once its enrolment is %s (P7)', async (end) => {
    const enrolment = anEnrolment();
    if (end === 'exited') await temporary.db.write((sql) => enrolments.insert(sql, WORKSPACE, enrolment));
    const claim = await leased({ enrolmentId: enrolment.id, step: 0 });
    const exit = { reason: 'replied', now: NOON };
    await temporary.db.write((sql) => enrolments.exitMany(sql, WORKSPACE, [enrolment.id], exit));
    expect(await handOver(claim)).toEqual({ isAllowed: false, reason: 'enrolment_ended' });
    expect(await stateOf(claim.id)).toBe('skipped');
  });

  it('leaves while its enrolment is active', async () => {
    const enrolment = anEnrolment();
    await temporary.db.write((sql) => enrolments.insert(sql, WORKSPACE, enrolment));
    expect(await handOver(await leased({ enrolmentId: enrolment.id, step: 0 }))).toEqual({ isAllowed: true });
  });

  it('is refused to a holder whose lease has run out, and to one that was overtaken', async () => {
    const claim = await leased();
    expect(await handOver(claim, NOON + LEASE_MS)).toEqual({ isAllowed: false, reason: 'lost_lease' });
    expect(await stateOf(claim.id)).toBe('leased');
    const later = NOON + LEASE_MS;
    await temporary.db.write((sql) => messages.sweep(sql, later));
    const [next] = await lease(later);
    expect(next).toMatchObject({ id: claim.id, attempts: 2 });
    expect(await handOver(claim, later + 1)).toEqual({ isAllowed: false, reason: 'lost_lease' });
    expect(next && (await handOver(next, later + 1))).toEqual({ isAllowed: true });
    expect(await temporary.db.write((sql) => messages.markSent(sql, claim, { now: later + 2 }))).toBe(false);
  });

  it('goes back to the queue when its holder died before the hand-over, and is uncertain when it died in it', async () => {
    const before = await leased();
    const during = await leased();
    await handOver(during);
    const sweep = (now: number) => temporary.db.write((sql) => messages.sweep(sql, now));
    expect(await sweep(NOON + LEASE_MS - 1)).toEqual({ requeued: 0, uncertain: 0 });
    expect(await sweep(NOON + 1 + LEASE_MS)).toEqual({ requeued: 1, uncertain: 1 });
    expect([await stateOf(before.id), await stateOf(during.id)]).toEqual(['queued', 'uncertain']);
    expect((await lease(NOON + 10 * LEASE_MS)).map(({ id }) => id)).toEqual([before.id]);
  });

  it('that is uncertain moves on only by a decision', async () => {
    const claim = await leased();
    await handOver(claim);
    const { db } = temporary;
    const lost = { reason: 'connection lost', now: NOON + 2 };
    expect(await db.write((sql) => messages.markUncertain(sql, claim, lost))).toBe(true);
    expect(await db.write((sql) => messages.putBack(sql, claim, { ...lost, nextAttemptAt: NOON + 3 }))).toBe(false);
    expect(await db.write((sql) => messages.markSent(sql, claim, { now: NOON + 3 }))).toBe(false);
    const decision = { id: claim.id, state: 'queued', reason: 'retried by a person', now: NOON + 4 } as const;
    expect(await db.write((sql) => messages.resolveUncertain(sql, WORKSPACE, decision))).toBe(true);
    expect(await db.write((sql) => messages.resolveUncertain(sql, WORKSPACE, decision))).toBe(false);
    expect((await lease(NOON + 4)).map(({ id, fence }) => [id, fence])).toEqual([[claim.id, 2]]);
  });

  it('is sent only out of a hand-over, and ends once', async () => {
    const claim = await leased();
    const { db } = temporary;
    expect(await db.write((sql) => messages.markSent(sql, claim, { now: NOON }))).toBe(false);
    expect(await db.write((sql) => messages.markUncertain(sql, claim, { reason: 'x', now: NOON }))).toBe(false);
    expect(await db.write((sql) => messages.markRejected(sql, claim, { reason: '550', now: NOON }))).toBe(true);
    expect(await db.write((sql) => messages.markSkipped(sql, claim, { reason: 'cap', now: NOON }))).toBe(false);
    expect(await row(claim.id)).toMatchObject({ state: 'rejected', reason: '550' });
  });

  it('waits for its next attempt after a temporary refusal', async () => {
    const claim = await leased();
    const attempt = { reason: '451 later', nextAttemptAt: NOON + 60_000, now: NOON };
    expect(await temporary.db.write((sql) => messages.putBack(sql, claim, attempt))).toBe(true);
    expect(await lease(NOON + 59_999)).toEqual([]);
    expect((await lease(NOON + 60_000))[0]).toMatchObject({ id: claim.id, fence: 2, attempts: 2 });
  });

  it('is caught where there is no mail server', async () => {
    const claim = await leased();
    await handOver(claim);
    await temporary.db.write((sql) => messages.markSent(sql, claim, { now: NOON + 2, isCaught: true }));
    expect(await row(claim.id)).toMatchObject({ state: 'sent', isCaught: true });
  });

  it('is skipped with its enrolment unless somebody holds it', async () => {
    const planned = await insert({ enrolmentId: 'e1', step: 1, state: 'planned' });
    const held = await leased({ enrolmentId: 'e1', step: 0 });
    const cause = { reason: 'clicked', now: NOON };
    expect(await temporary.db.write((sql) => messages.skipForEnrolments(sql, WORKSPACE, ['e1'], cause))).toBe(1);
    expect([await stateOf(planned), await stateOf(held.id)]).toEqual(['skipped', 'leased']);
  });

  it('is listed newest first, page by page, with filters', async () => {
    const list = new MessageListStore();
    const ids: string[] = [];
    for (let minute = 0; minute < 5; minute += 1) {
      const lead = minute % 2 === 0 ? 'even' : 'odd';
      ids.unshift(await insert({ createdAt: NOON + minute, nextAttemptAt: NOON + 99, leadId: lead }));
    }
    const first = await list.list(temporary.db.read, WORKSPACE, { limit: 3 });
    const second = await list.list(temporary.db.read, WORKSPACE, { limit: 3, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).not.toHaveProperty('html');
    expect((await list.list(temporary.db.read, WORKSPACE, { limit: 9, leadId: 'odd' })).items).toHaveLength(2);
    expect(await list.count(temporary.db.read, WORKSPACE, { leadId: 'even', state: 'queued' })).toBe(3);
    await expect(list.list(temporary.db.read, WORKSPACE, { limit: 3, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'invalid_cursor',
    });
  });
});

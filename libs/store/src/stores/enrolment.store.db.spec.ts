import { aMessage, anEnrolment, NOON, temporaryDatabase } from '../store.fixture';
import type { TemporaryDatabase } from '../store.fixture';
import { EnrolmentStore } from './enrolment.store';
import { MessageStore } from './message.store';

const WORKSPACE = 'w1';

describe('enrolments', () => {
  const enrolments = new EnrolmentStore();
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await temporaryDatabase();
  });
  afterEach(() => temporary.remove());

  const insert = (...rows: ReturnType<typeof anEnrolment>[]) =>
    temporary.db.write(async (sql) => {
      const answers: boolean[] = [];
      for (const row of rows) answers.push(await enrolments.insert(sql, WORKSPACE, row));
      return answers;
    });
  const exit = (ids: string[]) =>
    temporary.db.write((sql) => enrolments.exitMany(sql, WORKSPACE, ids, { reason: 'replied', now: NOON + 1 }));

  it('has a lead in a sequence at most once at a time, and again after it left', async () => {
    const first = anEnrolment({ leadId: 'l1' });
    const again = anEnrolment({ leadId: 'l1' });
    expect(await insert(first, again, anEnrolment({ leadId: 'l1', sequenceKey: 'other' }))).toEqual([
      true,
      false,
      true,
    ]);
    expect(await exit([first.id])).toEqual([first.id]);
    expect(await insert(again)).toEqual([true]);
    expect((await enrolments.forLead(temporary.db.read, WORKSPACE, 'l1')).map(({ state }) => state).sort()).toEqual([
      'active',
      'active',
      'exited',
    ]);
  });

  it('starts once for a firing however often the start is tried (P8)', async () => {
    const start = { firingId: 'f1', leadId: 'l1' };
    const first = anEnrolment(start);
    expect(await insert(first)).toEqual([true]);
    await exit([first.id]);
    expect(await insert(anEnrolment(start))).toEqual([false]);
  });

  it('ends once, with its reason, and is then never due', async () => {
    const row = anEnrolment({ leadId: 'l1' });
    await insert(row);
    expect(await exit([row.id, 'unknown'])).toEqual([row.id]);
    expect(await exit([row.id])).toEqual([]);
    const ended = await enrolments.byId(temporary.db.read, WORKSPACE, row.id);
    expect(ended).toMatchObject({ state: 'exited', reason: 'replied', nextStepAt: null, endedAt: NOON + 1 });
    expect(await enrolments.due(temporary.db.read, NOON + 999, 10)).toEqual([]);
    expect(await enrolments.activeForLeads(temporary.db.read, WORKSPACE, ['l1'])).toEqual(new Map());
  });

  describe('that an event ended', () => {
    const end = (id: string, by?: string) =>
      temporary.db.write((sql) => enrolments.exitMany(sql, WORKSPACE, [id], { reason: 'clicked', now: NOON + 1, by }));
    const reopen = (id: string) => temporary.db.write((sql) => enrolments.reopen(sql, WORKSPACE, id, NOON + 9));
    const byId = (id: string) => enrolments.byId(temporary.db.read, WORKSPACE, id);

    it('goes on where it stood, once', async () => {
      const row = anEnrolment({ leadId: 'l1', stepIndex: 1, nextStepAt: NOON + 500 });
      await insert(row);
      await end(row.id, 'm1');
      expect(await enrolments.endedByAny(temporary.db.read, WORKSPACE, 'l1', ['m0', 'm1'])).toMatchObject([
        { id: row.id, endedBy: 'm1', resumeAt: NOON + 500, nextStepAt: null },
      ]);
      expect([await reopen(row.id), await reopen(row.id)]).toEqual([true, false]);
      expect(await byId(row.id)).toEqual(row);
    });

    it('stays ended by anything else, and once something else spoke against it', async () => {
      const [other, settled] = [anEnrolment({ leadId: 'l1' }), anEnrolment({ leadId: 'l2' })];
      await insert(other, settled);
      await end(other.id);
      await end(settled.id, 'm1');
      await temporary.db.write((sql) => enrolments.settleEnds(sql, WORKSPACE, ['l2']));
      expect([await reopen(other.id), await reopen(settled.id)]).toEqual([false, false]);
    });

    it('stays ended once the lead has begun the sequence anew, also when that is over', async () => {
      const row = anEnrolment({ leadId: 'l1' });
      const again = anEnrolment({ leadId: 'l1', startedAt: NOON + 2 });
      await insert(row);
      await end(row.id, 'm1');
      await insert(again, anEnrolment({ leadId: 'l1', sequenceKey: 'other' }));
      expect(await reopen(row.id)).toBe(false);
      await exit([again.id]);
      expect(await reopen(row.id)).toBe(false);
    });
  });

  it('is due when its next step is, the longest due first', async () => {
    const late = anEnrolment({ nextStepAt: NOON });
    const later = anEnrolment({ nextStepAt: NOON - 1 });
    await insert(late, later, anEnrolment({ nextStepAt: NOON + 1 }), anEnrolment({ nextStepAt: null }));
    const due = await enrolments.due(temporary.db.read, NOON, 10);
    expect(due.map(({ workspaceId, id }) => [workspaceId, id])).toEqual([
      [WORKSPACE, later.id],
      [WORKSPACE, late.id],
    ]);
  });

  it('moves from a step once, whoever tries', async () => {
    const row = anEnrolment();
    await insert(row);
    const step = { id: row.id, from: 0, to: 1, nextStepAt: NOON + 5 };
    const tries = await Promise.all(
      [1, 2, 3].map(() => temporary.db.write((sql) => enrolments.advanceStep(sql, WORKSPACE, step))),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
    await exit([row.id]);
    const next = { ...step, from: 1, to: 2 };
    expect(await temporary.db.write((sql) => enrolments.advanceStep(sql, WORKSPACE, next))).toBe(false);
  });

  it('is complete only when none of its messages is on its way any more', async () => {
    const row = anEnrolment();
    await insert(row);
    const message = aMessage({ enrolmentId: row.id, step: 0 });
    const messages = new MessageStore();
    await temporary.db.write((sql) => messages.insert(sql, WORKSPACE, message));
    const complete = () =>
      temporary.db.write((sql) => enrolments.complete(sql, WORKSPACE, { id: row.id, now: NOON + 1 }));
    expect(await complete()).toBe(false);
    await temporary.db.write((sql) => messages.skipForEnrolments(sql, WORKSPACE, [row.id], { reason: 'x', now: NOON }));
    expect([await complete(), await complete()]).toEqual([true, false]);
  });

  it('follows its lead into a merge without doubling', async () => {
    const from = [anEnrolment({ leadId: 'old' }), anEnrolment({ leadId: 'old', sequenceKey: 'other' })];
    await insert(...from, anEnrolment({ leadId: 'new' }));
    await temporary.db.write((sql) => enrolments.moveToLead(sql, WORKSPACE, { from: 'old', into: 'new', now: NOON }));
    const rows = await enrolments.forLead(temporary.db.read, WORKSPACE, 'new');
    expect(rows.map(({ sequenceKey, state, reason }) => [sequenceKey, state, reason]).sort()).toEqual([
      ['other', 'active', null],
      ['re-engagement', 'active', null],
      ['re-engagement', 'exited', 'merged'],
    ]);
  });
});

import { MailSender, type HandOverOutcome, type MailToSend } from '@rekindle/mail';
import { ChangeStore } from '@rekindle/store';
import { DueService } from '../due/due.service';
import { DefinitionsCache } from '../ingest/definitions.cache';
import { IngestService } from '../ingest/ingest.service';
import { changeLine } from '../leads/timeline.mapping';
import { DAY, HOUR, identify, START, track, World } from '../world.fixture';

/** Takes mails as a server would, or answers what a test tells it. */
class TestSender extends MailSender {
  override readonly isCaught = false;
  readonly toAnn: string[] = [];
  answer: HandOverOutcome = { outcome: 'sent', response: '250 ok' };

  override async handOver({ envelope }: MailToSend, beforeData: () => Promise<boolean>): Promise<HandOverOutcome> {
    if (!(await beforeData())) return { outcome: 'refused' };
    const to = String(envelope.to);
    if (this.answer.outcome === 'sent' && to.startsWith('ann@')) this.toAnn.push(to);
    return this.answer;
  }
}

const quietAt = START + 30 * DAY;
const clickedAt = quietAt + HOUR;

describe('a sequence that a machine ended', () => {
  let world: World;
  let sender: TestSender;

  beforeEach(async () => {
    sender = new TestSender();
    world = await World.open(sender);
    await world.send([identify('ann', START - 1), track('ann', 'Email Opened', START)]);
  });
  afterEach(() => world.close());

  const read = () => world.database.read;
  const idOf = async () => (await world.lead('ann')).id;
  const enrolment = async () => (await world.enrolments.forLead(read(), world.workspaceId, await idOf()))[0];
  const mails = async () => (await world.messages.list(read(), world.workspaceId, { limit: 50 })).items;
  const points = async () => (await world.score('ann')).engagement.points;

  /** A click of the one mail, whose first four could be a person's. */
  const click = (number: number, at = clickedAt) => ({
    item: track('ann', 'Email Link Clicked', at + number * 1_000, { messageId: `click-${number}` }),
    note: {
      act: {
        kind: 'click' as const,
        mailKey: 'mail',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
        ...{ isHead: false, isTrap: false, flag: null, handedOverAt: quietAt, linkCount: null },
        link: `link-${number}`,
      },
    },
  });
  const sendClicks = async (clicks: readonly ReturnType<typeof click>[]): Promise<void> => {
    await world.get(IngestService).ingest(
      world.workspaceId,
      clicks.map(({ item }) => item),
      {
        receivedAt: world.clock.now(),
        source: 'test',
        trust: 'server',
        notes: clicks.map(({ note }) => note),
      },
    );
  };
  const clickEach = async (numbers: readonly number[], at = clickedAt): Promise<void> => {
    for (const number of numbers) await sendClicks([click(number, at)]);
  };
  /** The first mail has left, and four clicks have ended the sequence. */
  const endByClicks = async (): Promise<void> => {
    await world.passTo(quietAt);
    world.clock.set(clickedAt + 10_000);
    await clickEach([0, 1, 2, 3]);
    expect(await enrolment()).toMatchObject({ state: 'exited', reason: 'clicked a link', endedBy: 'click-0' });
  };
  const told = async (): Promise<[string, string | null][]> => {
    const { definitions } = await world.get(DefinitionsCache).of(read(), world.workspaceId);
    const rows = await new ChangeStore().forLead(read(), world.workspaceId, await idOf(), { limit: 50 });
    return rows
      .filter(({ kind }) => /^(sequence|alert)/.test(kind))
      .map((row) => changeLine(row, definitions.model))
      .map(({ title, detail }): [string, string | null] => [title, detail])
      .reverse();
  };

  it('T11: goes on once the fifth click shows it, its next step when it was due, and each mail leaves once', async () => {
    await world.passTo(quietAt);
    const before = await points();
    await endByClicks();
    await clickEach([4]);
    expect(await enrolment()).toMatchObject({
      ...{ state: 'active', reason: null, endedAt: null, endedBy: null, stepIndex: 1 },
      nextStepAt: quietAt + 72 * HOUR,
    });
    expect(await points()).toBeLessThanOrEqual(before);
    await world.passTo(quietAt + 72 * HOUR - 1);
    expect(sender.toAnn).toHaveLength(1);
    await world.passTo(quietAt + 72 * HOUR);
    await world.passTo(quietAt + 80 * HOUR);
    expect((await mails()).map(({ template, state }) => [template, state])).toEqual([
      ['re-engagement-2', 'sent'],
      ['re-engagement-1', 'sent'],
    ]);
    expect(sender.toAnn).toHaveLength(2);
    expect(await enrolment()).toMatchObject({ state: 'completed' });
  });

  it('says so in the timeline, with the end that was undone', async () => {
    await endByClicks();
    world.clock.set(clickedAt + 11_000);
    await clickEach([4]);
    expect(await told()).toEqual([
      ['Sequence “re-engagement” ended', 'clicked a link'],
      [
        'Sequence “re-engagement” goes on',
        '“clicked a link” is withdrawn, machine: followed many links of the mail at once',
      ],
    ]);
  });

  it.each([
    ['one after the other', [[0], [1], [2], [3], [4]]],
    ['backwards', [[4], [3], [2], [1], [0]]],
    [
      'in two batches',
      [
        [3, 0, 4],
        [1, 2],
      ],
    ],
    ['at once', [[2, 0, 4, 1, 3]]],
  ])('P4: is where it would be, clicks told %s', async (_, batches) => {
    await world.passTo(quietAt);
    world.clock.set(clickedAt + 10_000);
    for (const batch of batches) await sendClicks(batch.map((number) => click(number)));
    expect(await enrolment()).toMatchObject({ state: 'active', stepIndex: 1, nextStepAt: quietAt + 72 * HOUR });
  });

  it.each(['before', 'after'])('stays ended by a visit %s the clicks', async (when) => {
    await world.passTo(quietAt);
    const visit = track('ann', 'Pricing Page Viewed', clickedAt + (when === 'before' ? -5_000 : 5_000));
    await endByClicks();
    await world.send([visit]);
    await clickEach([4]);
    expect(await enrolment()).toMatchObject({
      ...{ state: 'exited', reason: 'visited a page', endedBy: visit.messageId, endedAt: clickedAt + 10_000 },
    });
    await world.passTo(quietAt + 20 * DAY);
    expect(sender.toAnn).toHaveLength(1);
    expect(await told()).toEqual([]);
  });

  it.each(['Email Unsubscribed', 'Email Bounced', 'Email Marked as Spam'])('stays ended after %s', async (event) => {
    await endByClicks();
    await world.send([track('ann', event, clickedAt + 5_000)]);
    await clickEach([4]);
    expect(await enrolment()).toMatchObject({ state: 'exited', reason: 'clicked a link' });
    await world.passTo(quietAt + 20 * DAY);
    expect(sender.toAnn).toHaveLength(1);
  });

  it('P6: a mail that its end kept back leaves once, when it goes on', async () => {
    sender.answer = { outcome: 'not-started', reason: 'no connection' };
    await world.passTo(quietAt);
    world.clock.set(clickedAt + 10_000);
    await clickEach([0, 1, 2, 3]);
    expect(await mails()).toMatchObject([{ state: 'skipped', reason: 'clicked a link' }]);
    await clickEach([4]);
    sender.answer = { outcome: 'sent', response: '250 ok' };
    await world.passTo(clickedAt + 11_000);
    await world.passTo(clickedAt + 12_000);
    expect(await mails()).toMatchObject([{ state: 'sent', template: 're-engagement-1' }]);
    expect(sender.toAnn).toHaveLength(1);
  });

  it('a step that fell due meanwhile follows at once, and only one', async () => {
    await endByClicks();
    await world.passTo(quietAt + 10 * DAY);
    expect(sender.toAnn).toHaveLength(1);
    await clickEach([4]);
    await world.passTo(quietAt + 10 * DAY);
    await world.passTo(quietAt + 10 * DAY + HOUR);
    expect((await mails()).map(({ template }) => template)).toEqual(['re-engagement-2', 're-engagement-1']);
    expect(sender.toAnn).toHaveLength(2);
  });

  it('who was taken for come back before the first mail gets it after all', async () => {
    world.clock.set(quietAt);
    await world.get(DueService).runUntil(quietAt);
    world.clock.set(quietAt + 60_000);
    await clickEach([0, 1, 2, 3], quietAt + 40_000);
    await world.passTo(quietAt + 60_000);
    expect(await enrolment()).toMatchObject({ state: 'exited', reason: 'clicked a link', stepIndex: 0 });
    await clickEach([4], quietAt + 40_000);
    await world.passTo(quietAt + 61_000);
    expect(await enrolment()).toMatchObject({ state: 'active', stepIndex: 1 });
    expect(sender.toAnn).toHaveLength(1);
  });

  it('an alert that named the clicks stays, and the timeline says that they are withdrawn', async () => {
    await world.passTo(quietAt);
    world.clock.set(clickedAt + 10_000);
    await world.send([track('ann', 'Demo Requested', clickedAt - 10), track('ann', 'Demo Requested', clickedAt - 9)]);
    await clickEach([0, 1, 2, 3]);
    await world.passTo(clickedAt + 10_001);
    const alerts = () => world.alerts.list(read(), world.workspaceId, { limit: 50 });
    const named = (await alerts()).items.filter(({ causes }) => causes.some(({ signal }) => signal === 'link-click'));
    expect(named.length).toBeGreaterThan(0);
    const count = (await alerts()).items.length;
    await clickEach([4]);
    await world.passTo(clickedAt + 10_002);
    expect((await alerts()).items).toHaveLength(count);
    expect((await told()).map(([title]) => title).sort()).toEqual(
      named.map(({ title }) => `Alert “${title}” rested on what is withdrawn`).sort(),
    );
  });
});

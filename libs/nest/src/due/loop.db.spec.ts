import { setImmediate as nextTurn } from 'node:timers/promises';
import { MailSender, type HandOverOutcome, type MailToSend } from '@rekindle/mail';
import { LinkService } from '../links/link.service';
import { MailService } from '../mailing/mail.service';
import { OutboxService } from '../outbox/outbox.service';
import { DAY, HOUR, identify, START, track, World } from '../world.fixture';
import { DueService } from './due.service';

/** Takes mails as a server would, or does what a test tells it. */
class TestSender extends MailSender {
  override readonly isCaught = false;
  readonly mails: string[] = [];
  next: (() => Promise<HandOverOutcome>) | null = null;

  override async handOver(mail: MailToSend, beforeData: () => Promise<boolean>): Promise<HandOverOutcome> {
    if (!(await beforeData())) return { outcome: 'refused' };
    this.mails.push(`${mail.envelope.to}`);
    return this.next ? this.next() : { outcome: 'sent', response: '250 ok' };
  }
}

const person = { isHead: false, userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0' };

describe('what happens when time passes', () => {
  let world: World;
  let sender: TestSender;
  const quietAt = START + 30 * DAY;
  const read = () => world.database.read;

  beforeEach(async () => {
    sender = new TestSender();
    world = await World.open(sender);
  });
  afterEach(() => world.close());

  const alertsOf = (userId: string) =>
    world.lead(userId).then((lead) => world.alerts.list(read(), world.workspaceId, { limit: 50, leadId: lead.id }));
  const enrolmentsOf = (userId: string) =>
    world.lead(userId).then((lead) => world.enrolments.forLead(read(), world.workspaceId, lead.id));
  const messagesOf = (userId: string) =>
    world.lead(userId).then((lead) => world.messages.list(read(), world.workspaceId, { limit: 50, leadId: lead.id }));

  const goQuiet = async (userId = 'ann'): Promise<void> => {
    await world.send([identify(userId, START - 1), track(userId, 'Email Opened', START)]);
  };
  const linkIn = async (userId: string, path: string): Promise<string> => {
    const { items } = await messagesOf(userId);
    const message = await world.messages.byId(read(), world.workspaceId, items[0]?.id ?? '');
    return (
      new RegExp(`https://score\\.example/${path}/([^"\\s<>]+)`).exec(message?.html ?? '')?.[1]?.replace('/', '.') ?? ''
    );
  };

  it('R9: a lead that went quiet is written to at the computed instant and not before', async () => {
    await goQuiet();
    await world.passTo(quietAt - 1);
    expect(await enrolmentsOf('ann')).toEqual([]);
    await world.passTo(quietAt);
    expect(await enrolmentsOf('ann')).toMatchObject([
      { sequenceKey: 're-engagement', state: 'active', startedAt: quietAt },
    ]);
    expect((await messagesOf('ann')).items).toMatchObject([
      { state: 'sent', template: 're-engagement-1', toAddress: 'ann@acme.example' },
    ]);
    expect(sender.mails).toEqual(['ann@acme.example']);
  });

  it('fires at the exact instant also when the timer comes late', async () => {
    await goQuiet();
    await world.passTo(quietAt + 5 * HOUR);
    const firings = await read().query<{ at: number }>('SELECT "at" FROM "ls_firings"');
    expect(firings.map(({ at }) => Number(at))).toEqual([quietAt]);
  });

  it('reads the leads that are due and no others', async () => {
    const crowd = Array.from({ length: 300 }, (_, index) => track(`crowd-${index}`, 'Email Opened', START + HOUR));
    world.clock.set(START + HOUR);
    await world.send(crowd);
    await goQuiet();
    await world.get(DueService).runUntil(world.clock.now());
    world.clock.set(quietAt);
    const before = await world.count('ls_profiles');
    const due = await read().query<{ count: number }>(
      'SELECT COUNT(*) AS "count" FROM "ls_profiles" WHERE "nextDueAt" <= ?',
      [quietAt],
    );
    expect(before).toBe(301);
    expect(await world.get(DueService).runUntil(quietAt)).toBe(Number(due[0]?.count));
    expect(Number(due[0]?.count)).toBe(1);
    expect(await world.get(DueService).runUntil(quietAt)).toBe(0);
  });

  it('a click ends the sequence with its reason, and the second mail is never sent', async () => {
    await goQuiet();
    await world.passTo(quietAt);
    world.clock.set(quietAt + HOUR);
    const url = await world.get(LinkService).follow(await linkIn('ann', 'c'), person);
    expect(url).toBe('https://score.example/');
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'exited', reason: 'clicked a link' }]);
    expect((await world.score('ann')).engagement.contributions).toContainEqual(
      expect.objectContaining({ signal: 'link-click', count: 1 }),
    );
    await world.passTo(quietAt + 10 * DAY);
    expect(sender.mails).toHaveLength(1);
  });

  it.each([
    ['Email Replied', 'replied'],
    ['Demo Requested', 'asked for a demo'],
    ['Case Study Viewed', 'downloaded something'],
    ['Pricing Page Viewed', 'visited a page'],
  ])('%s ends the sequence', async (event, reason) => {
    await goQuiet();
    await world.passTo(quietAt);
    world.clock.set(quietAt + HOUR);
    await world.send([track('ann', event, quietAt + HOUR)]);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'exited', reason }]);
  });

  it('an open does not end the sequence, for machines open mail, and neither does something from before it began', async () => {
    await goQuiet();
    await world.passTo(quietAt);
    world.clock.set(quietAt + HOUR);
    await world.get(LinkService).open(await linkIn('ann', 'e'), person);
    await world.send([track('ann', 'Email Link Clicked', quietAt - HOUR)]);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'active' }]);
    expect(await world.count('ls_events')).toBe(4);
  });

  it('without any sign of life the second mail follows after 72 hours and the sequence is completed', async () => {
    await goQuiet();
    await world.passTo(quietAt);
    await world.passTo(quietAt + 72 * HOUR - 1);
    expect(sender.mails).toHaveLength(1);
    await world.passTo(quietAt + 72 * HOUR);
    expect((await messagesOf('ann')).items.map(({ template, state }) => [template, state])).toEqual([
      ['re-engagement-2', 'sent'],
      ['re-engagement-1', 'sent'],
    ]);
    await world.passTo(quietAt + 73 * HOUR);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'completed' }]);
  });

  it('B15: somebody who comes back between the firing and the mail is not written to', async () => {
    await goQuiet();
    world.clock.set(quietAt);
    await world.get(DueService).runUntil(quietAt);
    world.clock.set(quietAt + 1_000);
    await world.send([track('ann', 'Pricing Page Viewed', quietAt + 1_000)]);
    await world.passTo(quietAt + 2_000);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'exited', reason: 'visited a page' }]);
    expect(sender.mails).toEqual([]);
  });

  it('L6: who unsubscribed is not written to again, by no step and no other sequence', async () => {
    await goQuiet();
    await world.passTo(quietAt);
    world.clock.set(quietAt + HOUR);
    const token = await linkIn('ann', 'u');
    const links = world.get(LinkService);
    expect(await links.isUnsubscribe(token)).toBe(true);
    expect(await world.count('ls_suppressions')).toBe(0);
    expect([await links.unsubscribe(token), await links.unsubscribe(token)]).toEqual([true, true]);
    expect(await world.count('ls_suppressions')).toBe(1);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'exited', reason: 'unsubscribed' }]);
    const events = await world.events.list(read(), world.workspaceId, { limit: 50 });
    expect(events.items.filter(({ name }) => name === 'Email Unsubscribed')).toHaveLength(1);
    await world.passTo(quietAt + 300 * DAY);
    expect(sender.mails).toHaveLength(1);
  });

  it('a lead with a suppressed address is skipped, and one can see why', async () => {
    await world.send([
      identify('ann', START - 2),
      track('ann', 'Email Bounced', START - 1),
      track('ann', 'Email Opened', START),
    ]);
    await world.passTo(quietAt + 40 * DAY);
    expect(sender.mails).toEqual([]);
    expect((await messagesOf('ann')).items).toMatchObject([{ state: 'skipped', reason: 'suppressed' }]);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'exited', reason: 'suppressed' }]);
  });

  it('L9: soft bounces on three days end the sequence, unless a delivery lies between or the rule is off', async () => {
    const softly = (userId: string, day: number, more: Record<string, unknown> = {}) =>
      track(userId, 'Email Soft Bounced', quietAt - day * DAY, more);
    const other = { properties: { recipient: 'former@acme.example' } };
    for (const userId of ['ann', 'bob', 'cid']) await goQuiet(userId);
    await world.passTo(quietAt);
    await world.send([softly('ann', 9), softly('ann', 6), softly('cid', 9), softly('cid', 6), softly('cid', 3, other)]);
    await world.send([softly('bob', 9), softly('bob', 6), track('bob', 'Email Delivered', quietAt - 4 * DAY)]);
    await world.send([90, 80, 70].map((day) => softly('cid', day)));
    expect(await world.count('ls_suppressions')).toBe(0);
    await world.send([softly('ann', 3), softly('bob', 3)]);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'exited', reason: 'soft-bounced' }]);
    expect(await enrolmentsOf('bob')).toMatchObject([{ state: 'active' }]);
    expect(await enrolmentsOf('cid')).toMatchObject([{ state: 'active' }]);
    expect(await world.count('ls_suppressions')).toBe(1);
    const lenient = await World.open(new TestSender(), { softBounces: { days: 0, withinDays: 30 } });
    await lenient.send([identify('ann', START), ...[9, 6, 3, 2, 1].map((day) => softly('ann', day))]);
    expect(await lenient.count('ls_suppressions')).toBe(0);
    await lenient.close();
  });

  it('a lead without an address is skipped, and one can see why', async () => {
    await world.send([track('ann', 'Email Opened', START)]);
    await world.passTo(quietAt);
    expect((await messagesOf('ann')).items).toMatchObject([{ state: 'skipped', reason: 'no address' }]);
  });

  it('a high score alerts the owner once, in the app and by mail, with the reasons in one sentence', async () => {
    await world.send([
      identify('ann', START),
      ...[1, 2, 3].map((at) => track('ann', 'Demo Requested', START - at * HOUR)),
    ]);
    await world.passTo(START + 1_000);
    const { items } = await alertsOf('ann');
    const high = items.filter(({ ruleKey }) => ruleKey === 'engagement-high');
    expect(high).toMatchObject([{ owner: 'owner@sales.example', title: 'Highly engaged', state: 'unread' }]);
    expect(high[0]?.sentence).toMatch(/^Ann Lee rose to \d+: asked for a demo ×3$/);
    expect(high[0]?.nextStep).not.toBe('');
    expect(sender.mails).toContain('owner@sales.example');
    await world.send([track('ann', 'Email Replied', START)]);
    await world.passTo(START + 2_000);
    expect((await alertsOf('ann')).items.filter(({ ruleKey }) => ruleKey === 'engagement-high')).toHaveLength(1);
  });

  it('R8: a burst from a low base alerts once and names its causes', async () => {
    world.clock.set(START + 27 * DAY);
    const now = world.clock.now();
    await world.send([
      identify('ann', START),
      track('ann', 'Email Opened', START + DAY),
      track('ann', 'Email Opened', START + 15 * DAY),
    ]);
    for (const at of [9, 8, 7, 6]) await world.send([track('ann', 'Email Opened', now - at * 1_000)]);
    for (const [at, event] of [
      [5, 'Pricing Page Viewed'],
      [4, 'Pricing Page Viewed'],
      [3, 'Case Study Viewed'],
    ] as const) {
      await world.send([track('ann', event, now - at * 1_000)]);
    }
    await world.passTo(now);
    const spikes = (await alertsOf('ann')).items.filter(({ ruleKey }) => ruleKey === 'spike');
    expect(spikes).toHaveLength(1);
    expect(sender.mails.filter((to) => to === 'owner@sales.example').length).toBeGreaterThan(0);
  });

  it('raises one alert however often its work is handed out', async () => {
    await world.send([identify('ann', START), ...[1, 2, 3].map((at) => track('ann', 'Demo Requested', START - at))]);
    await world.passTo(START);
    const alerts = await world.count('ls_alerts');
    await world.database.write((sql) => sql.query(`UPDATE "ls_outbox" SET "state" = 'ready', "nextAttemptAt" = 0`));
    await world.passTo(START + 1);
    expect(await world.count('ls_alerts')).toBe(alerts);
    expect(await world.count('ls_messages')).toBe(sender.mails.length);
  });

  it('shows work that fails, tries it again later and gives up visibly', async () => {
    await world.database.write((sql) =>
      sql.query(
        'INSERT INTO "ls_outbox" ("workspaceId", "id", "kind", "dedupeKey", "payload", "state", "fence", "attempts", "nextAttemptAt", "createdAt", "updatedAt") ' +
          `VALUES (?, 'x', 'action:no-such', 'x', '{}', 'ready', 0, 0, 0, 0, 0)`,
        [world.workspaceId],
      ),
    );
    const state = async () =>
      (
        await read().query<{ state: string; attempts: number; lastError: string }>(
          'SELECT "state", "attempts", "lastError" FROM "ls_outbox"',
        )
      )[0];
    await world.get(OutboxService).drain(START);
    expect(await state()).toMatchObject({ state: 'ready', attempts: 1, lastError: expect.stringContaining('no-such') });
    for (let round = 1; round <= 8; round += 1) await world.get(OutboxService).drain(START + round * DAY);
    expect(await state()).toMatchObject({ state: 'failed', attempts: 8 });
  });

  it.each<[string, HandOverOutcome, string]>([
    [
      'a final no',
      { outcome: 'rejected', code: 550, command: 'RCPT TO', isPermanent: true, response: '550 no' },
      'rejected',
    ],
    ['a lost answer', { outcome: 'uncertain', reason: 'line lost' }, 'uncertain'],
    [
      'a temporary no',
      { outcome: 'rejected', code: 451, command: 'DATA', isPermanent: false, response: '451 later' },
      'queued',
    ],
    ['no connection', { outcome: 'not-started', reason: 'refused' }, 'queued'],
  ])('%s by the mail server is written down', async (_, outcome, state) => {
    sender.next = () => Promise.resolve(outcome);
    await goQuiet();
    await world.passTo(quietAt);
    expect((await messagesOf('ann')).items).toMatchObject([{ state }]);
    expect(sender.mails).toHaveLength(1);
  });

  it('P6: a mail whose answer never came is uncertain in time and never sent again', async () => {
    let release: (outcome: HandOverOutcome) => void = () => undefined;
    sender.next = () => new Promise((resolve) => (release = resolve));
    await goQuiet();
    world.clock.set(quietAt);
    await world.get(DueService).runUntil(quietAt);
    const hanging = world.passTo(quietAt);
    while (sender.mails.length === 0) await nextTurn();
    world.clock.set(quietAt + 30 * 60_000);
    await world.get(MailService).drain(world.clock.now());
    expect((await messagesOf('ann')).items).toMatchObject([{ state: 'uncertain' }]);
    release({ outcome: 'sent', response: '250' });
    await hanging;
    await world.get(MailService).drain(quietAt + DAY);
    expect((await messagesOf('ann')).items).toMatchObject([{ state: 'uncertain' }]);
    expect(sender.mails).toHaveLength(1);
  });

  it('P7: a mail that is queued does not leave once its lead has come back', async () => {
    sender.next = () => Promise.resolve({ outcome: 'not-started', reason: 'no connection' });
    await goQuiet();
    await world.passTo(quietAt);
    world.clock.set(quietAt + 1_000);
    await world.send([track('ann', 'Email Replied', quietAt + 1_000)]);
    sender.next = null;
    await world.passTo(quietAt + HOUR);
    expect((await messagesOf('ann')).items).toMatchObject([{ state: 'skipped', reason: 'replied' }]);
    expect(sender.mails).toHaveLength(1);
  });

  it.each(['', 'x', 'a.b.c', 'x'.repeat(10_000)])('knows no link that we did not make: %.20s', async (token) => {
    const links = world.get(LinkService);
    expect([
      await links.follow(token, person),
      await links.open(token, person),
      await links.unsubscribe(token),
    ]).toEqual([null, false, false]);
  });

  it('T11: a link that is only looked at leads on, and is shown as a machine that counts for nothing', async () => {
    await goQuiet();
    await world.passTo(quietAt);
    world.clock.set(quietAt + HOUR);
    const before = (await world.score('ann')).engagement.points;
    const url = await world.get(LinkService).follow(await linkIn('ann', 'c'), { ...person, isHead: true });
    expect(url).toBe('https://score.example/');
    expect((await world.score('ann')).engagement.points).toBe(before);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'active' }]);
    const { items } = await world.events.list(read(), world.workspaceId, { limit: 1 });
    expect(items).toMatchObject([
      { status: 'unscored', code: 'machine', payload: { act: { evidence: ['head-request'] } } },
    ]);
  });

  it('T11: a scanner that sweeps the mail right after its hand-over ends no sequence and earns nothing', async () => {
    await goQuiet();
    await world.passTo(quietAt);
    const before = (await world.score('ann')).engagement.points;
    const scanner = { isHead: false, userAgent: person.userAgent };
    const links = world.get(LinkService);
    world.clock.set(quietAt + 2_000);
    await links.open(await linkIn('ann', 'e'), scanner);
    await links.follow(await linkIn('ann', 'c'), scanner);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'active' }]);
    const { engagement } = await world.score('ann');
    expect(engagement.points - before).toBeCloseTo(0.25, 4);
    expect(engagement.contributions.map(({ signal }) => signal)).toContain('email-open-unsure');
  });

  const hiddenLinkOf = (html: string) => /<a href="([^"]+)" aria-hidden="true" tabindex="-1"/.exec(html)?.[1];

  it('T11: the hidden link tells on the click it came with, which ends no sequence and earns nothing', async () => {
    await goQuiet();
    await world.passTo(quietAt);
    const before = (await world.score('ann')).engagement.points;
    const links = world.get(LinkService);
    world.clock.set(quietAt + HOUR);
    await links.follow(await linkIn('ann', 'c'), person);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'exited' }]);
    world.clock.set(quietAt + HOUR + 3_000);
    const message = await world.messages.byId(read(), world.workspaceId, (await messagesOf('ann')).items[0]?.id ?? '');
    const token =
      hiddenLinkOf(message?.html ?? '')
        ?.split('/c/')[1]
        ?.replace('/', '.') ?? '';
    expect(await links.follow(token, person)).toBe('https://score.example/c');
    const { items } = await world.events.list(read(), world.workspaceId, { limit: 2 });
    expect(items.map(({ code, payload }) => [code, payload['act']])).toMatchObject([
      ['machine', { evidence: ['trap-link'] }],
      ['machine', { evidence: ['trap-burst'], linkCount: 1 }],
    ]);
    expect((await world.score('ann')).engagement.points).toBeLessThanOrEqual(before);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'active', stepIndex: 1 }]);
  });

  it('mails to colleagues carry no hidden link, and none do where it is switched off', async () => {
    const mailsOf = (from: World) =>
      from.database.read.query<{ kind: string; html: string }>('SELECT "kind", "html" FROM "ls_messages"');
    await goQuiet();
    await world.passTo(quietAt);
    await world.send([1, 2, 3].map((at) => track('ann', 'Demo Requested', quietAt - at)));
    await world.passTo(quietAt + 1_000);
    const found = (await mailsOf(world)).map(({ kind, html }) => [kind, hiddenLinkOf(html) !== undefined]);
    expect(new Set(found.map(String))).toEqual(new Set(['sequence,true', 'alert,false']));
    const without = await World.open(new TestSender(), { hasHiddenLink: false });
    await without.send([identify('ann', START - 1), track('ann', 'Email Opened', START)]);
    await without.passTo(quietAt);
    const [mail, ...others] = await mailsOf(without);
    await without.close();
    expect(others).toEqual([]);
    expect(mail?.html).toContain('https://score.example/e/');
    expect(hiddenLinkOf(mail?.html ?? '')).toBeUndefined();
  });

  it('a hasty click is no sign of life until a later one shows that somebody is there', async () => {
    await goQuiet();
    await world.passTo(quietAt);
    const links = world.get(LinkService);
    const token = await linkIn('ann', 'c');
    const countOf = async (signal: string) =>
      (await world.score('ann')).engagement.contributions.find((one) => one.signal === signal)?.count ?? 0;
    world.clock.set(quietAt + 20_000);
    await links.follow(token, person);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'active' }]);
    expect([await countOf('link-click-unsure'), await countOf('link-click')]).toEqual([1, 0]);
    world.clock.set(quietAt + 10 * 60_000);
    await links.follow(token, person);
    expect([await countOf('link-click-unsure'), await countOf('link-click')]).toEqual([0, 2]);
    expect(await enrolmentsOf('ann')).toMatchObject([{ state: 'exited', reason: 'clicked a link' }]);
  });
});

import { type Alert, type Message } from '@rekindle/contracts';
import { SmtpCatcher, startServer, type RunningServer } from '@rekindle/testing';
import { api, DAY, eventually, everything, identify, leadOf, page, SECOND, send, track, untilInstant } from './world';

describe('the stories of an engagement score, over HTTP and real SMTP', () => {
  let smtp: SmtpCatcher;
  let server: RunningServer;

  beforeAll(async () => {
    smtp = await SmtpCatcher.start();
    server = await startServer({ env: { SMTP_URL: `smtp://127.0.0.1:${smtp.port}` } });
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await smtp.stop();
  });

  const alertsOf = async (userId: string): Promise<Alert[]> => {
    const lead = await leadOf(server, userId);
    return everything<Alert>(server, `/api/alerts?leadId=${lead.id}`);
  };

  const messagesOf = async (userId: string): Promise<Message[]> => {
    const lead = await leadOf(server, userId);
    return everything<Message>(server, `/api/messages?leadId=${lead.id}`);
  };

  it('R7: of two leads with equal fit, the one who opens, clicks and visits ranks above the one silent for 30 days', async () => {
    const now = Date.now();
    await send(server, [
      identify('r7-a', now - 2 * DAY),
      track('r7-a', 'Email Opened', now - 40 * 60 * SECOND),
      track('r7-a', 'Email Link Clicked', now - 39 * 60 * SECOND),
      page('r7-a', '/', now - 38 * 60 * SECOND),
      page('r7-a', '/blog', now - 37 * 60 * SECOND),
      page('r7-a', '/docs', now - 36 * 60 * SECOND),
      identify('r7-b', now - 40 * DAY),
      track('r7-b', 'Email Opened', now - 31 * DAY),
      page('r7-b', '/', now - 31 * DAY),
    ]);
    const [active, silent] = await Promise.all([leadOf(server, 'r7-a'), leadOf(server, 'r7-b')]);
    expect(active.score.fit.score).toBe(silent.score.fit.score);
    expect(active.score.priority.value).toBeGreaterThan(silent.score.priority.value);
    const list = await api<{ items: { id: string }[] }>(server, '/api/leads?sort=-priority&limit=200');
    const order = list.items.map((row) => row.id);
    expect(order.indexOf(active.id)).toBeLessThan(order.indexOf(silent.id));
  });

  it('R8: four opens, pricing twice and a case study from a low base alert the owner once and name the three causes', async () => {
    const now = Date.now();
    await send(server, [
      identify('r8', now - 27 * DAY),
      track('r8', 'Email Opened', now - 26 * DAY),
      track('r8', 'Email Opened', now - 12 * DAY),
    ]);
    const burst = [
      ...[1, 2, 3, 4].map((index) => track('r8', 'Email Opened', now - 50 * SECOND + index * SECOND)),
      page('r8', '/pricing', now - 40 * SECOND),
      page('r8', '/pricing', now - 30 * SECOND),
      track('r8', 'Case Study Viewed', now - 20 * SECOND),
    ];
    for (const event of burst) await send(server, [event]);

    const [alert] = await eventually(
      () => alertsOf('r8'),
      (alerts) => alerts.some((candidate) => candidate.rule === 'spike'),
    );
    expect(alert?.rule).toBe('spike');
    expect(alert?.causes.map((cause) => cause.signal).sort()).toEqual(['case-study', 'email-open', 'pricing-page']);
    expect(alert?.sentence).toMatch(/pricing/i);

    const mail = await smtp.waitFor(
      (message) => message.to.includes('owner@sales.example') && message.html.includes('Ann r8'),
      15_000,
    );
    expect(mail.text).toMatch(/pricing/i);
    expect(mail.text).toMatch(/case study/i);

    await send(server, [track('r8', 'Email Opened', Date.now())]);
    await untilInstant(Date.now() + 2 * SECOND);
    expect((await alertsOf('r8')).filter((candidate) => candidate.rule === 'spike')).toHaveLength(1);
  }, 60_000);

  it('a lead whose engagement becomes high raises one alert in the app and one mail to the owner', async () => {
    const now = Date.now();
    await send(server, [identify('high', now - DAY)]);
    await send(server, [
      track('high', 'Demo Requested', now - 9 * SECOND),
      page('high', '/pricing', now - 8 * SECOND),
      page('high', '/pricing', now - 7 * SECOND),
      track('high', 'Email Replied', now - 6 * SECOND),
    ]);
    await eventually(
      () => alertsOf('high'),
      (alerts) => alerts.some((alert) => alert.rule === 'engagement-high'),
    );
    await smtp.waitFor(
      (message) => message.to.includes('owner@sales.example') && message.html.includes('Ann high'),
      15_000,
    );
    await send(server, [track('high', 'Email Replied', Date.now())]);
    await untilInstant(Date.now() + SECOND);
    expect((await alertsOf('high')).filter((alert) => alert.rule === 'engagement-high')).toHaveLength(1);
  }, 60_000);

  it('R9: below the line and quiet for 30 days starts the sequence at that instant, not before; a person’s click ends it, a scanner’s does not or no longer; a signal before cancels', async () => {
    const quietAt = Date.now() + 6 * SECOND;
    const lastSeen = quietAt - 30 * DAY;
    await send(server, [
      identify('r9', lastSeen - SECOND),
      track('r9', 'Email Opened', lastSeen),
      identify('r9-back', lastSeen - SECOND),
      track('r9-back', 'Email Opened', lastSeen),
    ]);
    await send(server, [page('r9-back', '/docs', Date.now())]);

    await untilInstant(quietAt - SECOND);
    expect(await messagesOf('r9')).toEqual([]);

    const mail = await smtp.waitFor((message) => message.to.includes('r9@acme.example'), 20_000);
    expect(Date.now()).toBeGreaterThanOrEqual(quietAt);
    expect(mail.text.length).toBeGreaterThan(100);
    expect(mail.headers['list-unsubscribe']).toMatch(/^<https?:/);
    expect(mail.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');

    const linkIn = (form: RegExp): string => form.exec(mail.html)?.[1]?.replace(/&amp;/g, '&') ?? '';
    const link = linkIn(/href="([^"]*\/c\/[^"]+)"/);
    const hidden = linkIn(/<a href="([^"]*\/c\/[^"]+)" aria-hidden="true"/);
    expect(mail.text).not.toContain(hidden);
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const follow = async (url: string, userAgent: string): Promise<Response> =>
      fetch(url.replace(/^https?:\/\/[^/]+/, server.url), {
        redirect: 'manual',
        headers: { 'user-agent': userAgent },
      });
    const told = async (): Promise<string[]> => {
      const { id } = await leadOf(server, 'r9');
      const path = `/api/leads/${id}/timeline`;
      const timeline = await everything<{ kind: string; title: string; detail: string | null }>(server, path);
      const lines = timeline.filter(({ kind }) => kind === 'enrolment');
      return lines.map(({ title, detail }) => (detail === null ? title : `${title}: ${detail}`)).reverse();
    };
    const started = 'Started sequence “re-engagement”';
    const ended = 'Sequence “re-engagement” ended: clicked a link';
    expect((await follow(link, 'Barracuda Sentinel (EE)')).status).toBe(302);
    expect(await told()).toEqual([started]);
    // Nobody tells a person from a scanner in the first half minute after the hand-over.
    await untilInstant(Date.now() + 31 * SECOND);
    expect((await follow(link, firefox)).status).toBe(302);
    expect(await told()).toEqual([started, ended]);
    const trapped = await follow(hidden, firefox);
    expect([trapped.status, new URL(trapped.headers.get('location') ?? '').pathname]).toEqual([302, '/c']);
    expect(await told()).toEqual([
      started,
      ended,
      'Sequence “re-engagement” goes on: “clicked a link” is withdrawn, ' +
        'machine: clicked in one go with a link that people do not see',
    ]);

    expect(await messagesOf('r9-back')).toEqual([]);
    expect(smtp.messages.filter((message) => message.to.includes('r9-back@acme.example'))).toEqual([]);
  }, 90_000);
});

import type { AlertList, LeadDetail, ScoreAnswer, Timeline } from '@rekindle/contracts';
import { noon, TestServer } from './server.fixture';
import { SourceWorld } from './source.fixture';

const ann = 'ann@acme.example';
const SECOND = 1_000;
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** An act on the one mail of these stories, so many seconds before noon. */
const act = (event: string, id: string, secondsBefore: number, more: Record<string, unknown> = {}) => ({
  event,
  email: ann,
  timestamp: noon / SECOND - secondsBefore,
  sg_event_id: id,
  sg_message_id: 'mail1.filter1',
  useragent: chrome,
  ...more,
});
const clickOn = (link: string, secondsBefore: number, more: Record<string, unknown> = {}) =>
  act('click', `click-${link}`, secondsBefore, { url: `https://acme.example/${link}`, ...more });

/** Five links of one mail within eight seconds. */
const burst = ['a', 'b', 'c', 'd', 'e'].map((link, index) => clickOn(link, 3_600 - 2 * index));

describe('opens and clicks of people and of machines', () => {
  let server: TestServer;
  let world: SourceWorld;

  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.clock.set(noon);
    world = await SourceWorld.open(server, 'sendgrid-events');
    await world.know([ann]);
  });

  const scoreOf = async () => {
    const { json } = await world.api<LeadDetail>(`/api/leads/by-external-id/${encodeURIComponent(`user of ${ann}`)}`);
    return { id: json.id, ...json.score };
  };
  /** As history alone gives it, with nothing of the stored profile. */
  const rebuiltPoints = async () => {
    const { id } = await scoreOf();
    return (await world.api<ScoreAnswer>(`/api/leads/${id}/score?at=${new Date(noon).toISOString()}`)).json.engagement
      .points;
  };

  it('M20: what a machine does adds nothing and is shown as excluded, with the evidence', async () => {
    await world.send([clickOn('a', 3_600, { useragent: 'Barracuda Sentinel (EE) bot/1.0' }), act('open', 'o', 3_600)]);
    const { id, engagement } = await scoreOf();
    expect(engagement.contributions).toMatchObject([{ signal: 'email-open', count: 1 }]);
    const [click, open] = await world.stored();
    expect(click).toMatchObject({
      status: 'unscored',
      code: 'machine',
      signal: null,
      classification: { verdict: 'machine', evidence: ['known-bot'], words: 'machine: calls itself a robot' },
    });
    expect(open?.classification).toEqual({ verdict: 'human', evidence: [], words: 'human' });
    expect([click?.signalLabel, click?.points]).toEqual([null, null]);
    const ofAnHourAgo = 2 ** (-1 / (30 * 24));
    expect([open?.signal, open?.signalLabel]).toEqual(['email-open', 'Opened an e-mail']);
    expect(open?.points).toBeCloseTo(ofAnHourAgo, 6);
    const { items } = (await world.api<Timeline>(`/api/leads/${id}/timeline`)).json;
    expect(items).toContainEqual(
      expect.objectContaining({
        title: 'Email Link Clicked',
        points: null,
        detail: 'Excluded, machine: calls itself a robot',
      }),
    );
  });

  it('mail that a privacy proxy loads counts as unsure, with a weight of its own', async () => {
    await world.send([act('open', 'o1', 60, { sg_machine_open: true })]);
    const { engagement } = await scoreOf();
    expect(engagement.contributions).toMatchObject([{ signal: 'email-open-unsure', count: 1 }]);
    expect(engagement.points).toBeCloseTo(0.25, 3);
    expect((await world.stored())[0]?.classification).toMatchObject({ verdict: 'unsure', evidence: ['privacy-proxy'] });
  });

  it('a burst that shows at its fifth click takes back what the first four had earned', async () => {
    await world.send([act('open', 'o', 4_000)]);
    const before = (await scoreOf()).engagement.points;
    for (const click of burst.slice(0, 4)) await world.send([click]);
    expect((await scoreOf()).engagement.points).toBeCloseTo(before + 12, 1);
    await world.send([burst[4]]);
    const { engagement } = await scoreOf();
    expect(engagement.points).toBe(before);
    expect(engagement.contributions.map(({ signal }) => signal)).toEqual(['email-open']);
    const clicks = (await world.stored()).filter(({ name }) => name === 'Email Link Clicked');
    expect(clicks).toHaveLength(5);
    for (const { status, code, classification } of clicks) {
      expect([status, code, classification?.evidence]).toEqual(['unscored', 'machine', ['link-burst']]);
    }
    expect(await rebuiltPoints()).toBe(engagement.points);
  });

  it('P4: the same acts give the same verdicts and score in one batch, one by one, backwards and twice', async () => {
    const acts = [...burst, act('open', 'o', 3_000), clickOn('f', 1_000), clickOn('g', 900)];
    const outcomes = [];
    for (const deliveries of [
      [acts],
      acts.map((one) => [one]),
      [...acts].reverse().map((one) => [one]),
      [acts, acts],
    ]) {
      const other = await SourceWorld.open(server, 'sendgrid-events');
      await other.know([ann]);
      for (const delivery of deliveries) await other.send(delivery);
      const stored = await other.stored();
      const verdicts = stored.map(({ messageId, status, classification }) => [messageId, status, classification]);
      outcomes.push({ verdicts, points: (await other.lead(ann)).points });
    }
    const [first, ...others] = outcomes;
    expect(first?.points).toBeCloseTo(7, 1);
    for (const { verdicts, points } of others) {
      expect(verdicts).toEqual(first?.verdicts);
      expect(points).toBeCloseTo(first?.points ?? 0, 9);
    }
  });

  it('clicks on different mails are no burst', async () => {
    await world.send(burst.map((click, index) => ({ ...click, sg_message_id: `mail${index}.filter` })));
    expect((await world.stored()).map(({ classification }) => classification?.verdict)).toEqual(Array(5).fill('human'));
  });

  it('T11: a hundred clicks of a scanner raise no alert and change no band', async () => {
    const clicks = Array.from({ length: 100 }, (_, index) => clickOn(`l${index}`, 3_600 - index / 20));
    await world.send(clicks);
    const { engagement } = await scoreOf();
    expect([engagement.points, engagement.state]).toEqual([0, 'none']);
    expect((await world.api<AlertList>('/api/alerts')).json.items).toEqual([]);
  });

  it('where the hidden link of a mail leads is a page that says nothing and that nobody indexes', async () => {
    const { status, headers, text } = await server.call('/c');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'x-robots-tag': 'noindex', 'content-type': 'text/html; charset=utf-8' });
    expect(text).toContain('There is nothing here');
    expect((await server.call('/c/unknown/link')).status).toBe(404);
  });
});

import { START, track, World } from '../world.fixture';

const SECOND = 1_000;
const chrome =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** A click as a mail tool tells it in the words of Segment's e-mail events. */
const click = (link: string, at: number, { user_agent = chrome, ...more }: Record<string, unknown> = {}) =>
  track('ann', 'Email Link Clicked', at, {
    context: { ip: '203.0.113.9', user_agent, traits: { email: 'ann@acme.example' } },
    properties: { email_id: '18vzF7u3z', email_subject: 'News', link_id: link, ...more },
  });

describe('opens and clicks that other tools tell of', () => {
  let world: World;

  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  const stored = async () =>
    (await world.events.list(world.database.read, world.workspaceId, { limit: 50 })).items.map(
      ({ name, status, code, payload }) => ({ name, status, code, payload }),
    );
  const evidence = async () =>
    (await stored()).map(({ payload }) => (payload['act'] as { evidence: string[] }).evidence);
  const signals = async () =>
    (await world.score('ann')).engagement.contributions.map(({ signal, count }) => [signal, count]);

  it('T11: are judged by the traces they carry', async () => {
    await world.send([
      click('a', START - 9_000 * SECOND),
      click('b', START - 6_000 * SECOND, { user_agent: 'Barracuda Sentinel (EE) bot/1.0' }),
      track('ann', 'Email Opened', START, { context: { userAgent: 'Mozilla/5.0' } }),
      click('c', START - 3_000 * SECOND, { sent_at: new Date(START - 3_003 * SECOND).toISOString() }),
    ]);
    expect((await evidence()).map(String).sort()).toEqual([
      '',
      'known-bot',
      'privacy-proxy',
      'unread-click,hasty-click',
    ]);
    expect(await signals()).toEqual([
      ['link-click', 1],
      ['email-open-unsure', 1],
    ]);
  });

  it('T11: a burst on one mail is withdrawn with its fifth click, however the event is spelt', async () => {
    const burst = ['a', 'b', 'c', 'd', 'e'].map((link, index) => click(link, START - 60 * SECOND + index * SECOND));
    for (const one of burst.slice(0, 4)) await world.send([{ ...one, event: 'email link clicked' }]);
    expect(await signals()).toEqual([['link-click', 4]]);
    await world.send(burst.slice(4));
    expect(await signals()).toEqual([]);
    expect(new Set((await stored()).map(({ code }) => code))).toEqual(new Set(['machine']));
  });

  it('are taken at their word where they name neither the mail nor who opened it', async () => {
    await world.send(
      [0, 1, 2, 3, 4].map((second) =>
        track('ann', 'Email Link Clicked', START - second * SECOND, {
          properties: { link_url: `https://acme.example/${second}` },
          context: { user_agent: '', ip: '203.0.113.9' },
        }),
      ),
    );
    expect(await signals()).toEqual([['link-click', 5]]);
    expect((await stored()).map(({ payload }) => payload['act'])).toEqual(Array(5).fill(undefined));
  });

  it('say nothing of each other where they name no mail, or come from a browser', async () => {
    const clicks = ['a', 'b', 'c', 'd'].map((link, index) => click(link, START - index * SECOND));
    await world.send(clicks);
    await world.send([click('e', START - 4 * SECOND)], { trust: 'browser' });
    await world.send(
      ['f', 'g', 'h', 'i', 'j'].map((link, index) => click(link, START - index * SECOND, { email_id: undefined })),
    );
    expect(await signals()).toEqual([['link-click', 10]]);
  });

  it('are kept without the address they came from', async () => {
    await world.send([click('a', START)]);
    const [only] = await stored();
    expect(only?.payload['context']).toEqual({ user_agent: chrome, traits: { email: 'ann@acme.example' } });
    expect(JSON.stringify(only)).not.toContain('203.0.113.9');
  });
});

import { type Browser } from '@playwright/test';
import { listedFaults, startFaultProxy, startServer, type Fault, type RunningServer } from '@rekindle/testing';
import { browserClients, openBrowser, openShop, visit, type BrowserClient, type Shop } from './browser.clients';
import { eventually, everything, leadOf } from './world';

interface StoredEvent {
  messageId: string;
  status: string;
}

/** What a page handed over, and what became of it. */
interface Story {
  name: string;
  ids: string[];
  paths: string[];
  faults: (Fault | null)[];
  stored: StoredEvent[];
  complaints: string[];
}

const everyFault: Fault[] = ['lost-answer', 'too-busy', 'lost-call', 'broken'];

describe('clients for browsers, unmodified, on a page of another origin', () => {
  let server: RunningServer;
  let shop: Shop;
  let browser: Browser;
  const told = new Map<string, Story>();

  async function tell(client: BrowserClient, kind: 'clean' | 'faulty'): Promise<void> {
    const name = `${client.label.replace(/\W/g, '')}-${kind}`.toLowerCase();
    const proxy = await startFaultProxy(server.url, listedFaults(kind === 'clean' ? [] : everyFault));
    const page = await visit(browser, shop, client.bundle);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    const ids = await client.run(page, { url: proxy.url, writeKey: server.writeKey, name });
    const stored = await eventually(
      async () =>
        (await everything<StoredEvent>(server, '/api/events')).filter((event) => ids.includes(event.messageId)),
      (events) => events.length >= ids.length,
      30_000,
    );
    await page.context().close();
    await proxy.stop();
    const paths = proxy.attempts.map(({ path }) => path.split('?')[0] ?? '');
    const faults = proxy.attempts.map(({ fault }) => fault);
    told.set(`${client.label} ${kind}`, { name, ids, paths, faults, stored, complaints });
  }

  beforeAll(async () => {
    [server, shop, browser] = await Promise.all([startServer({}), openShop(), openBrowser()]);
    const again = browserClients.filter(({ sendsAgain }) => sendsAgain);
    await Promise.all([
      ...browserClients.map((client) => tell(client, 'clean')),
      ...again.map((client) => tell(client, 'faulty')),
    ]);
  }, 90_000);
  afterAll(() => Promise.all([browser.close(), shop.stop(), server.stop()]));

  const storyOf = (client: BrowserClient, kind: 'clean' | 'faulty'): Story => {
    const story = told.get(`${client.label} ${kind}`);
    if (!story) throw new Error(`${client.label} told no ${kind} story`);
    return story;
  };
  const expectStoredOnce = ({ ids, stored }: Story): void => {
    expect(ids.every((id) => id !== '')).toBe(true);
    expect(stored.map(({ messageId }) => messageId).sort()).toEqual([...ids].sort());
    expect(stored.filter(({ status }) => status !== 'scored')).toEqual([]);
  };

  it.each(browserClients.map((client) => [client.label, client] as const))(
    '%s: has every call stored exactly once, and credited to one lead',
    async (_, client) => {
      const story = storyOf(client, 'clean');
      expect(story.complaints).toEqual([]);
      expect([...new Set(story.paths)].sort()).toEqual(client.paths);
      expectStoredOnce(story);
      const lead = await leadOf(server, `${story.name}-lead`);
      expect(lead).toMatchObject({ email: `${story.name}@clients.example`, account: { name: 'Acme GmbH' } });
      expect(lead.score.engagement.contributions.map(({ signal }) => signal)).toEqual(
        expect.arrayContaining(['page-visit', 'pricing-page']),
      );
    },
  );

  it.each(browserClients.filter(({ sendsAgain }) => sendsAgain).map((client) => [client.label, client] as const))(
    '%s: loses nothing and doubles nothing where answers are lost, calls are lost, and the server is busy or breaks',
    (_, client) => {
      const story = storyOf(client, 'faulty');
      expect(story.faults).toEqual(expect.arrayContaining(everyFault));
      expectStoredOnce(story);
    },
  );
});

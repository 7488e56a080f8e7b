import { listedFaults, startFaultProxy, startServer, type Fault, type RunningServer } from '@rekindle/testing';
import { nodeClients, storyOf, type Call, type NodeClient, type Reported } from './node.clients';
import { everything, leadOf } from './world';

interface StoredEvent {
  messageId: string;
  status: string;
}

/** What a client went through, and what it said about it. */
interface Story {
  name: string;
  calls: Call[];
  reported: Reported;
  statuses: (number | null)[];
  faults: (Fault | null)[];
}

interface Stories {
  clean: Story;
  faulty: Story;
  hopeless: Story;
}

const TRACKS = 9;
const everyFault: (Fault | null)[] = ['lost-answer', 'too-busy', null, 'lost-call', 'broken'];

async function tell(server: RunningServer, client: NodeClient, plan: [string, () => Fault | null]): Promise<Story> {
  const [story, nextFault] = plan;
  const name = `${client.label.replace(/\W/g, '')}-${story}`;
  const proxy = await startFaultProxy(server.url, nextFault);
  const calls = storyOf(name, TRACKS);
  const reported = await client.run({ url: proxy.url, writeKey: server.writeKey }, calls);
  await proxy.stop();
  const { attempts } = proxy;
  const [statuses, faults] = [attempts.map(({ status }) => status), attempts.map(({ fault }) => fault)];
  return { name, calls, reported, statuses, faults };
}

describe('clients for servers, unmodified', () => {
  let server: RunningServer;
  const told = new Map<string, Stories>();

  async function tellAll(client: NodeClient): Promise<void> {
    const [clean, faulty, hopeless] = await Promise.all([
      tell(server, client, ['clean', () => null]),
      tell(server, client, ['faulty', listedFaults(everyFault)]),
      tell(server, client, ['hopeless', () => 'broken']),
    ]);
    told.set(client.label, { clean, faulty, hopeless });
  }

  beforeAll(async () => {
    server = await startServer({});
    await Promise.all(nodeClients.map(tellAll));
  }, 60_000);
  afterAll(() => server.stop());

  describe.each(nodeClients.map((client) => [client.label, client] as const))('%s', (label, { mostAttempts }) => {
    const storyAs = (kind: keyof Stories): Story => {
      const story = told.get(label)?.[kind];
      if (!story) throw new Error(`${label} told no ${kind} story`);
      return story;
    };

    /** How often each message of a story is stored. */
    async function countsOf({ calls }: Story): Promise<[string, number][]> {
      const stored = await everything<StoredEvent>(server, '/api/events');
      expect(stored.filter(({ status }) => status === 'rejected')).toEqual([]);
      const timesOf = (messageId: string) => stored.filter((event) => event.messageId === messageId).length;
      return calls.map(({ message: { messageId } }) => [messageId, timesOf(messageId)]);
    }

    const once = ({ calls }: Story) => calls.map(({ message }) => [message.messageId, 1]);
    const idsOf = ({ calls }: Story) => calls.map(({ message }) => message.messageId).sort();

    it('has every call it reports as sent stored exactly once, and credited to one lead', async () => {
      const clean = storyAs('clean');
      expect(clean.reported.failed).toEqual([]);
      expect(clean.reported.sent.sort()).toEqual(idsOf(clean));
      expect(clean.statuses.every((status) => status === 200)).toBe(true);
      expect(await countsOf(clean)).toEqual(once(clean));
      const lead = await leadOf(server, `${clean.name}-lead`);
      expect(lead).toMatchObject({ email: `${clean.name.toLowerCase()}@clients.example`, title: 'VP Sales' });
      expect(lead.account).toMatchObject({ name: 'Acme GmbH' });
      expect(lead.score.engagement.contributions.map(({ signal, count }) => [signal, count]).sort()).toEqual([
        ['link-click', TRACKS],
        ['page-visit', 1],
        ['pricing-page', 1],
      ]);
    });

    it('loses nothing and doubles nothing where answers are lost, calls are lost, and the server is busy or breaks', async () => {
      const faulty = storyAs('faulty');
      expect(new Set(faulty.faults)).toEqual(new Set(everyFault));
      expect(faulty.reported.failed).toEqual([]);
      expect(faulty.reported.sent.sort()).toEqual(idsOf(faulty));
      expect(await countsOf(faulty)).toEqual(once(faulty));
    });

    it(`gives a batch up after ${mostAttempts} attempts, says so for each call in it, and nothing of it is stored`, async () => {
      const hopeless = storyAs('hopeless');
      expect(hopeless.reported.sent).toEqual([]);
      expect(hopeless.reported.failed.sort()).toEqual(idsOf(hopeless));
      expect(hopeless.statuses).toHaveLength(storyAs('clean').statuses.length * mostAttempts);
      expect((await countsOf(hopeless)).filter(([, count]) => count !== 0)).toEqual([]);
    });
  });
});

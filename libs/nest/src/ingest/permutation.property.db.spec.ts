import { scoreAt } from '@rekindle/scoring';
import { AccountStore } from '@rekindle/store';
import { fewerRuns } from '@rekindle/testing';
import fc from 'fast-check';
import { DAY, START, World } from '../world.fixture';
import { DefinitionsCache } from './definitions.cache';
import { attributesOf } from './scored.leads';

/** The examples drawn are the same in every run. */
const SEED = 20_250_602;

type Message = Record<string, unknown> & { messageId: string };

/** One act of one of three people; ids are given when it is told, so that a story can be told again by others. */
interface Act {
  kind:
    'track' | 'visit' | 'page' | 'identify' | 'alias' | 'merge' | 'group' | 'employ' | 'within' | 'guest' | 'former';
  person: number;
  visitor: number;
  event: number;
  /** Days before START, with a part that no other act has. */
  daysAgo: number;
  trait: number;
  value: number;
  company: number;
}

const events = ['Email Opened', 'Email Link Clicked', 'Pricing Page Viewed', 'Case Study Viewed', 'Nothing Known'];

/** What is said of companies; fit asks for some of it. */
const sizes = ['employees', 'industry', 'plan'];

const stories = (kinds: readonly Act['kind'][], people: number) =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        person: fc.nat(people - 1),
        visitor: fc.nat(1),
        event: fc.nat(events.length - 1),
        daysAgo: fc.nat(60),
        trait: fc.nat(2),
        value: fc.nat(5),
        company: fc.nat(2),
      }),
      { minLength: 1, maxLength: 16 },
    )
    .map((drawn) => drawn.map((act, index) => ({ ...act, daysAgo: act.daysAgo + index / 100 })));

const acts = stories(
  ['track', 'track', 'visit', 'visit', 'page', 'identify', 'identify', 'alias', 'merge', 'group', 'employ', 'within'],
  3,
);
/** Where two people belong, who are known by several ids. */
const careers = stories(['group', 'employ', 'within', 'within', 'guest', 'guest', 'alias', 'merge', 'former'], 2);

/** How a story is delivered: in which order, what comes twice, and where a batch ends. */
const delivery = fc.record({
  order: fc.infiniteStream(fc.nat(1_000_000)),
  isDoubled: fc.infiniteStream(fc.boolean()),
  endsBatch: fc.infiniteStream(fc.boolean()),
});
type Delivery = typeof delivery extends fc.Arbitrary<infer Value> ? Value : never;

function messageOf(act: Act, tale: string, index: number): Message {
  const userId = `${tale}-user-${act.person}`;
  const anonymousId = `${tale}-visitor-${act.person}-${act.visitor}`;
  const base = { messageId: `${tale}-${index}`, timestamp: new Date(START - act.daysAgo * DAY).toISOString() };
  const event = events[act.event];
  const traits = { email: `${userId}@acme.example`, [`trait${act.trait}`]: act.value };
  // The trait `company` names the same companies as group calls do, or others of that name.
  const groupId = `${tale}-group-${act.company}`;
  const described = { [sizes[act.trait] ?? 'employees']: act.value * 100 };
  const company =
    act.value % 2 === 0 ? { id: groupId, ...described } : { name: `${tale} company ${act.company}`, ...described };
  const told: Record<Act['kind'], Record<string, unknown>> = {
    track: { type: 'track', userId, event },
    visit: { type: 'track', anonymousId, event },
    page: { type: 'page', userId, anonymousId, name: 'Docs' },
    identify: { type: 'identify', userId, anonymousId, traits },
    alias: { type: 'alias', previousId: anonymousId, userId },
    group: { type: 'group', userId, groupId, traits: { name: `Group ${act.value}`, ...described } },
    employ: { type: 'identify', userId, traits: { ...traits, company } },
    within: { type: 'track', userId, event, context: { groupId } },
    guest: { type: 'track', anonymousId, event, context: { groupId } },
    former: { type: 'group', userId: `${userId}-former`, groupId, traits: described },
    merge: { type: 'alias', previousId: `${userId}-former`, userId },
  };
  return { ...base, ...told[act.kind] };
}

function batchesOf(messages: readonly Message[], { order, isDoubled, endsBatch }: Delivery): Message[][] {
  const doubled = messages.flatMap((message) => (isDoubled.next().value ? [message, message] : [message]));
  const ranked = doubled.map((message) => ({ message, rank: order.next().value }));
  const batches: Message[][] = [[]];
  for (const { message } of ranked.sort((one, other) => one.rank - other.rank)) {
    batches.at(-1)?.push(message);
    if (endsBatch.next().value) batches.push([]);
  }
  return batches;
}

describe('a set of messages has one outcome', () => {
  let world: World;
  let tales = 0;
  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => world.close());

  /** What is known of one of them, what they did and what it is worth. */
  async function told(leadId: string, messageIds: string[]) {
    const { read } = world.database;
    const lead = await world.leads.byId(read, world.workspaceId, leadId);
    if (lead === null) throw new Error(`no lead ${leadId}`);
    const account = await new AccountStore().byId(read, world.workspaceId, lead.accountId ?? '');
    const { definitions } = await world.get(DefinitionsCache).of(read, world.workspaceId);
    const { profile } = await world.state(leadId);
    const attributes = attributesOf(lead, account);
    const { engagement, fit } = scoreAt({ profile, attributes, at: START, model: definitions.model });
    const { userId, email, traits, mergedInto } = lead;
    const company = account && { groupId: account.groupId, name: account.name, traits: account.traits };
    const worth = { points: engagement.points.toPrecision(9), state: engagement.state, fit: fit.score };
    return { userId, email, traits, isMerged: mergedInto, company, ...worth, messageIds: messageIds.sort() };
  }

  /** Everybody a tale is about. */
  async function outcomeOf(tale: string) {
    const rows = await world.database.read.query<{ leadId: string; messageId: string }>(
      `SELECT "leadId", "messageId" FROM "ls_events" WHERE "messageId" LIKE ?`,
      [`${tale}-%`],
    );
    const leads = new Map<string, string[]>();
    for (const { leadId, messageId } of rows) leads.set(leadId, [...(leads.get(leadId) ?? []), messageId]);
    const people = [];
    for (const [leadId, messageIds] of leads) people.push(await told(leadId, messageIds));
    const text = people.map((person) => JSON.stringify(person, sortedKeys)).sort();
    return text.map((line) => JSON.parse(line.replaceAll(tale, 'tale')) as unknown);
  }

  const sortedKeys = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;

  async function tell(story: readonly Act[], how: Delivery | null) {
    const tale = `tale${(tales += 1)}`;
    const messages = story.map((act, index) => messageOf(act, tale, index));
    for (const batch of how ? batchesOf(messages, how) : [messages]) await world.send(batch);
    return outcomeOf(tale);
  }

  it('in any order, doubled at will and split anywhere: the same leads, events, traits and scores', async () => {
    const check = async (story: Act[], how: Delivery) =>
      expect(await tell(story, how)).toEqual(await tell(story, null));
    await fc.assert(fc.asyncProperty(acts, delivery, check), { seed: SEED, numRuns: fewerRuns(10) });
    await fc.assert(fc.asyncProperty(careers, delivery, check), { seed: SEED, numRuns: fewerRuns(5) });
  }, 600_000);

  it('merges commute: whoever becomes part of whom first, the end is one lead with everything', async () => {
    const merging = fc.tuple(
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(merging, async ([arrival, aliases]) => {
        const tale = `merge${(tales += 1)}`;
        const tracks = [0, 1, 2, 3].map((person) => ({
          ...{
            type: 'track',
            messageId: `${tale}-${person}`,
            userId: `${tale}-${person}`,
            event: 'Email Link Clicked',
          },
          timestamp: new Date(START - person * DAY).toISOString(),
        }));
        // Each of the first three becomes the next one: a chain, joined in any order.
        const links = [0, 1, 2].map((person) => ({
          ...{ type: 'alias', messageId: `${tale}-alias-${person}` },
          ...{ previousId: `${tale}-${person}`, userId: `${tale}-${person + 1}` },
        }));
        for (const person of arrival) await world.send([tracks[person]]);
        for (const person of aliases) await world.send([links[person]]);
        const [only, ...others] = (await outcomeOf(tale)) as { userId: string; points: string; messageIds: string[] }[];
        const points = [0, 1, 2, 3].reduce((sum, days) => sum + 3 * 2 ** (-days / 30), 0);
        expect(others).toEqual([]);
        expect(only).toMatchObject({ userId: 'tale-3', points: points.toPrecision(9) });
        expect(only?.messageIds).toHaveLength(7);
      }),
      { seed: SEED, numRuns: fewerRuns(25) },
    );
  }, 300_000);
});

import { demoAccounts, demoLeads, type DemoAccount, type DemoLead } from './population.demo';
import { seededRandom } from './random.source';
import { tellStory, type StoryBeat } from './story.demo';

const DAY_MS = 86_400_000;

/** A Segment message as a client would send it. */
export type SegmentMessage = Record<string, unknown> & { messageId: string; type: string; timestamp: string };

export interface DemoHistory {
  accounts: DemoAccount[];
  leads: DemoLead[];
  /** Every message, oldest first. */
  messages: { at: number; message: SegmentMessage }[];
}

export interface DemoSize {
  accounts: number;
  leads: number;
  days: number;
}

/** The demo workspace of the README: 200 accounts, 2,000 leads, 120 days. */
export const demoSize: DemoSize = { accounts: 200, leads: 2_000, days: 120 };

function introduction(lead: DemoLead, at: number): SegmentMessage[] {
  const { account } = lead;
  const timestamp = new Date(at - 1_000).toISOString();
  return [
    {
      type: 'identify',
      messageId: `demo-${lead.userId}-identify`,
      userId: lead.userId,
      timestamp,
      traits: { email: lead.email, name: lead.name, title: lead.title, owner: account.owner, country: account.country },
    },
    {
      type: 'group',
      messageId: `demo-${lead.userId}-group`,
      userId: lead.userId,
      groupId: account.groupId,
      timestamp,
      traits: {
        name: account.name,
        domain: account.domain,
        industry: account.industry,
        employees: account.employees,
        country: account.country,
      },
    },
  ];
}

/** One act of a lead as a message. */
export function messageOf(lead: DemoLead, beat: StoryBeat, messageId: string, at: number): SegmentMessage {
  const call = beat.call === 'page' ? { type: 'page', name: beat.name } : { type: 'track', event: beat.name };
  return {
    ...call,
    messageId,
    userId: lead.userId,
    timestamp: new Date(at).toISOString(),
    properties: beat.properties,
    context: { groupId: lead.account.groupId },
  };
}

/**
 * Tells every lead's story up to `now` (epoch ms). The same seed, size and `now` give the same messages.
 */
export function demoHistory(now: number, size: DemoSize = demoSize, seed = 20_260_101): DemoHistory {
  const random = seededRandom(seed);
  const accounts = demoAccounts(size.accounts, random);
  const leads = demoLeads(size.leads, accounts, random);
  const messages: DemoHistory['messages'] = [];
  for (const lead of leads) {
    const beats = tellStory(lead.story, random).filter((beat) => beat.daysAgo <= size.days);
    const first = beats[0];
    if (!first) continue;
    for (const message of introduction(lead, now - first.daysAgo * DAY_MS)) {
      messages.push({ at: Date.parse(message.timestamp), message });
    }
    beats.forEach((beat, index) => {
      const at = Math.round(now - beat.daysAgo * DAY_MS);
      messages.push({ at, message: messageOf(lead, beat, `demo-${lead.userId}-${index}`, at) });
    });
  }
  messages.sort((one, other) => one.at - other.at || (one.message.messageId < other.message.messageId ? -1 : 1));
  return { accounts, leads, messages };
}

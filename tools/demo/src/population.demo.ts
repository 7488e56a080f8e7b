import {
  companyKinds,
  companyRoots,
  countries,
  firstNames,
  industryOfKind,
  lastNames,
  owners,
  titles,
} from './people.data';
import { type RandomSource } from './random.source';
import { storyKinds, type StoryKind } from './story.demo';

export interface DemoAccount {
  groupId: string;
  name: string;
  domain: string;
  industry: string;
  employees: number;
  country: string;
  owner: string;
}

export interface DemoLead {
  userId: string;
  anonymousId: string;
  email: string;
  name: string;
  title: string;
  account: DemoAccount;
  story: StoryKind;
}

/** How often each story is told, in percent of leads. */
const storyShares: Record<StoryKind, number> = {
  cold: 30,
  steady: 18,
  fading: 17,
  warming: 9,
  spiking: 4,
  'won-back': 7,
  'power-user': 6,
  newcomer: 9,
};

function companyName(index: number): { name: string; kind: string } {
  const rootIndex = index % companyRoots.length;
  const round = Math.floor(index / companyRoots.length);
  const root = companyRoots[rootIndex] ?? 'Alder';
  const kind = companyKinds[(rootIndex * 7 + round) % companyKinds.length] ?? 'Systems';
  return { name: `${root} ${kind}`, kind };
}

/** @returns `count` accounts with distinct names and domains. */
export function demoAccounts(count: number, random: RandomSource): DemoAccount[] {
  return Array.from({ length: count }, (_, index) => {
    const { name, kind } = companyName(index);
    const slug = name.toLowerCase().replace(/[^a-z]+/g, '-');
    return {
      groupId: `acct-${slug}`,
      name,
      domain: `${slug}.example`,
      industry: industryOfKind[kind] ?? 'Technology',
      employees: Math.round(10 ** (1 + 3 * random.next())),
      country: random.pick(countries),
      owner: random.pick(owners).email,
    };
  });
}

function pickStory(random: RandomSource): StoryKind {
  let left = random.next() * 100;
  for (const kind of storyKinds) {
    left -= storyShares[kind];
    if (left < 0) return kind;
  }
  return 'cold';
}

/** @returns `count` people spread unevenly over the accounts, each with an own address and a story. */
export function demoLeads(count: number, accounts: readonly DemoAccount[], random: RandomSource): DemoLead[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const account = accounts[Math.floor(random.next() ** 1.6 * accounts.length)] ?? random.pick(accounts);
    const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
    const local = name.toLowerCase().replace(/ /g, '.');
    const address = `${local}@${account.domain}`;
    const email = taken.has(address) ? `${local}${index}@${account.domain}` : address;
    taken.add(email);
    return {
      userId: `lead-${String(index + 1).padStart(4, '0')}`,
      anonymousId: `visitor-${String(index + 1).padStart(4, '0')}`,
      email,
      name,
      title: random.pick(titles),
      account,
      story: pickStory(random),
    };
  });
}

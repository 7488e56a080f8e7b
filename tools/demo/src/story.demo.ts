import { caseStudies, features, newsletters } from './people.data';
import { type RandomSource } from './random.source';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export const storyKinds = [
  'cold',
  'steady',
  'fading',
  'warming',
  'spiking',
  'won-back',
  'power-user',
  'newcomer',
] as const;
export type StoryKind = (typeof storyKinds)[number];

/** One act of a lead, before it is given an identity. `daysAgo` is fractional, counted back from the demo's now. */
export interface StoryBeat {
  daysAgo: number;
  call: 'track' | 'page';
  name: string;
  properties: Record<string, unknown>;
}

type Act = (daysAgo: number, random: RandomSource) => StoryBeat;

const track =
  (name: string, properties: (random: RandomSource) => Record<string, unknown> = () => ({})): Act =>
  (daysAgo, random) => ({ daysAgo, call: 'track', name, properties: properties(random) });

const page =
  (name: string, path: string): Act =>
  (daysAgo) => ({
    daysAgo,
    call: 'page',
    name,
    properties: { path, url: `https://www.rekindle.example${path}`, title: name },
  });

/** What people of the demo can do. */
export const acts = {
  open: track('Email Opened', (random) => ({ campaign: random.pick(newsletters) })),
  click: track('Email Link Clicked', (random) => ({ campaign: random.pick(newsletters) })),
  reply: track('Email Replied'),
  home: page('Home', '/'),
  blog: page('Blog', '/blog'),
  docs: page('Docs', '/docs'),
  pricing: page('Pricing', '/pricing'),
  caseStudy: track('Case Study Viewed', (random) => ({ title: random.pick(caseStudies) })),
  whitepaper: track('Whitepaper Downloaded'),
  demo: track('Demo Requested'),
  unsubscribe: track('Unsubscribed'),
  feature: track('Feature Used', (random) => ({ feature: random.pick(features), duration_s: random.between(4, 400) })),
  automated: track('Feature Used', () => ({ feature: 'api', is_automated: true })),
} satisfies Record<string, Act>;

type ActName = keyof typeof acts;
const light: readonly ActName[] = ['open', 'open', 'open', 'home', 'blog', 'docs', 'click'];
const warm: readonly ActName[] = ['open', 'click', 'docs', 'pricing', 'caseStudy', 'home', 'whitepaper'];

/** Working hours, mostly: mails and pages at night would look machine-made. */
function atWork(daysAgo: number, random: RandomSource): number {
  const hour = 8 + 10 * random.next();
  return Math.max(Math.floor(daysAgo) + 1 - hour / 24, 0.002 + 0.05 * random.next());
}

function scatter(from: number, to: number, count: number, choices: readonly ActName[]) {
  return (random: RandomSource): StoryBeat[] =>
    Array.from({ length: count }, () => {
      const daysAgo = atWork(to + (from - to) * random.next(), random);
      return acts[random.pick(choices)](daysAgo, random);
    });
}

function usage(from: number, to: number, perDay: number) {
  return (random: RandomSource): StoryBeat[] =>
    Array.from({ length: Math.round((from - to) * perDay) }, () =>
      acts[random.chance(0.05) ? 'automated' : 'feature'](atWork(to + (from - to) * random.next(), random), random),
    );
}

function warming(random: RandomSource): StoryBeat[] {
  const start = random.between(50, 110);
  return [
    ...scatter(start, start / 2, random.between(3, 6), light)(random),
    ...scatter(start / 2, 0, random.between(6, 12), warm)(random),
    ...(random.chance(0.35) ? [acts.demo(atWork(random.between(1, 9), random), random)] : []),
    ...(random.chance(0.25) ? [acts.reply(atWork(random.between(0, 6), random), random)] : []),
  ];
}

function spiking(random: RandomSource): StoryBeat[] {
  const burst: ActName[] = ['open', 'open', 'open', 'open', 'pricing', 'pricing', 'caseStudy', 'home'];
  const end = random.chance(0.5) ? 0.3 : random.between(2, 60);
  return [
    ...scatter(110, end + 30, random.between(2, 5), light)(random),
    ...burst.map((name, index) => acts[name](end + 0.05 + (index * 2.2 * HOUR_MS) / DAY_MS, random)),
  ];
}

function wonBack(random: RandomSource): StoryBeat[] {
  const quietFrom = random.between(50, 70);
  const back = quietFrom - 32 - random.between(0, 2);
  return [
    ...scatter(118, quietFrom, random.between(4, 9), light)(random),
    acts.click(back, random),
    acts.pricing(back - 0.01, random),
    ...scatter(back, 0, random.between(3, 8), warm)(random),
  ];
}

const tellings: Record<StoryKind, (random: RandomSource) => StoryBeat[]> = {
  cold: (random) => scatter(118, random.between(60, 100), random.between(1, 3), light)(random),
  steady: (random) => scatter(118, 0, random.between(10, 24), light)(random),
  fading: (random) => [
    ...scatter(118, random.between(70, 90), random.between(6, 14), warm)(random),
    ...scatter(90, random.between(32, 60), random.between(1, 4), light)(random),
    ...(random.chance(0.06) ? [acts.unsubscribe(atWork(random.between(32, 50), random), random)] : []),
  ],
  warming,
  spiking,
  'won-back': wonBack,
  'power-user': (random) => [
    ...scatter(118, 0, random.between(4, 10), light)(random),
    ...usage(random.between(40, 118), random.chance(0.7) ? 0 : 20, 0.4 + 2.2 * random.next())(random),
  ],
  newcomer: (random) => scatter(random.between(3, 25), 0, random.between(2, 6), warm)(random),
};

/** One lead's acts, oldest first. */
export function tellStory(kind: StoryKind, random: RandomSource): StoryBeat[] {
  return tellings[kind](random).sort((one, other) => other.daysAgo - one.daysAgo);
}

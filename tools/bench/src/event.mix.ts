/** One call of the tracking API, as a site's, a mail system's or a product's client sends it. */
export interface SentEvent {
  type: 'track' | 'page';
  messageId: string;
  userId: string;
  event?: string;
  name?: string;
  properties: Record<string, unknown>;
  context: Record<string, unknown>;
  timestamp: string;
}

type Act = Pick<SentEvent, 'type' | 'event' | 'name' | 'properties'>;

const paths = ['/', '/product', '/blog/lead-scoring', '/docs/start', '/customers', '/about'];

function visit(seed: number): Act {
  const path = paths[seed % paths.length] ?? '/';
  return { type: 'page', name: 'Page', properties: { path, url: `https://acme.test${path}`, title: 'Acme' } };
}

const opened = (seed: number): Act => ({
  type: 'track',
  event: 'Email Opened',
  properties: { campaign: 'spring', email_id: `mail-${seed % 50}` },
});

const clicked = (seed: number): Act => ({
  type: 'track',
  event: 'Email Link Clicked',
  properties: { campaign: 'spring', email_id: `mail-${seed % 50}`, link: 'https://acme.test/product' },
});

const used = (seed: number): Act => ({
  type: 'track',
  event: 'Feature Used',
  properties: { feature: seed % 3 === 0 ? 'reports' : 'dashboard', duration_ms: seed % 4_000 },
});

const pricing = (): Act => ({ type: 'track', event: 'Pricing Page Viewed', properties: { plan: 'team' } });
const caseStudy = (): Act => ({ type: 'track', event: 'Case Study Viewed', properties: { slug: 'globex' } });

/** What leads do, in percent: mostly visits, mail and product use; what sales waits for is rare. */
const shares: readonly (readonly [percent: number, act: (seed: number) => Act])[] = [
  [42, visit],
  [24, opened],
  [9, clicked],
  [22, used],
  [2, pricing],
  [1, caseStudy],
];

/** Spreads consecutive numbers evenly (the finaliser of MurmurHash3). */
function scatter(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function actOf(seed: number): Act {
  let percent = seed % 100;
  for (const [share, act] of shares) {
    if (percent < share) return act(seed);
    percent -= share;
  }
  return visit(seed);
}

/** The `number`th event of a run: any lead may do anything, and every run of the same events is the same. */
export function eventOf(number: number, run: { runName: string; leads: number; timestamp: string }): SentEvent {
  return {
    ...actOf(scatter(number)),
    messageId: `${run.runName}-${number}`,
    userId: `lead-${(number * 7_919) % run.leads}`,
    context: { library: { name: 'analytics-node', version: '2.1.0' }, ip: '203.0.113.7' },
    timestamp: run.timestamp,
  };
}

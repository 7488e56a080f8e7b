import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Analytics } from '@segment/analytics-node';
import { demoHistory } from './history.demo';
import { type DemoLead } from './population.demo';
import { seededRandom, type RandomSource } from './random.source';
import { acts } from './story.demo';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    'write-key': { type: 'string', default: 'demo_write_key' },
    seconds: { type: 'string', default: '300' },
    seed: { type: 'string' },
  },
});

const burst = ['open', 'pricing', 'caseStudy', 'click', 'pricing', 'demo'] as const;
const everyday = ['open', 'home', 'blog', 'docs', 'click', 'feature', 'whitepaper', 'pricing'] as const;

interface Scene {
  client: Analytics;
  leads: readonly DemoLead[];
  random: RandomSource;
}

/** Lets one lead do one thing, now; answers what it was. */
function play({ client, random }: Scene, lead: DemoLead, act: keyof typeof acts): string {
  const beat = acts[act](0, random);
  const call = { userId: lead.userId, properties: beat.properties, context: { groupId: lead.account.groupId } };
  if (beat.call === 'page') client.page({ ...call, name: beat.name });
  else client.track({ ...call, event: beat.name });
  return `${lead.name} (${lead.account.name}): ${beat.name}`;
}

/** A star of the minute gets hot in a burst; everybody else goes about their day. */
async function playUntil(scene: Scene, isOver: () => boolean): Promise<number> {
  const { leads, random } = scene;
  let star = random.pick(leads);
  let sent = 0;
  for (; !isOver(); sent += 1) {
    if (sent % burst.length === 0) star = random.pick(leads);
    const isStar = random.chance(0.7);
    const act = isStar ? (burst[sent % burst.length] ?? 'pricing') : random.pick(everyday);
    say(play(scene, isStar ? star : random.pick(leads), act));
    await pause(300 + 900 * random.next());
  }
  return sent;
}

/** Sends a few fresh events a second through the unmodified Segment client, until the time is over or Ctrl-C. */
async function live(): Promise<void> {
  const seconds = Number(values.seconds);
  if (!Number.isFinite(seconds) || seconds <= 0) throw new RangeError('--seconds must be a positive number');
  const startedAt = Date.now();
  const random = seededRandom(Number(values.seed ?? startedAt % 2_147_483_647));
  const client = new Analytics({ host: values.url, writeKey: values['write-key'], flushAt: 1, flushInterval: 500 });
  client.on('error', (error) => say(`not delivered: ${String(error.code)} ${String(error.reason ?? '')}`));
  let isStopped = false;
  process.once('SIGINT', () => (isStopped = true));
  const { leads } = demoHistory(startedAt);
  const isOver = (): boolean => isStopped || Date.now() - startedAt >= seconds * 1_000;
  const sent = await playUntil({ client, leads, random }, isOver);
  await client.closeAndFlush();
  say(`${sent} events sent to ${values.url}`);
}

live().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

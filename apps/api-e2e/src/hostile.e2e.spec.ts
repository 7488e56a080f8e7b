import { HostileWorld, mostMemoryMb, mostStallMs, stallOf } from './hostile.oracle';
import { type HostileRow } from './hostile.rows';
import { semanticsRows } from './hostile-semantics.rows';
import { shapeRows } from './hostile-shape.rows';
import { timeRows } from './hostile-time.rows';
import { transportRows } from './hostile-transport.rows';

const categories: [string, readonly HostileRow[]][] = [
  ['A: transport and encoding', transportRows],
  ['B: shape of JSON', shapeRows],
  ['C: meaning, and G: files', semanticsRows],
  ['D: time', timeRows],
];

const head = 'POST /v1/batch HTTP/1.1\r\nhost: x\r\n';

/** They never finish; the one that takes half a minute to be told so is for the long run. */
const slowClients = [
  { name: 'who says nothing', head: '', body: '', closedWithinMs: 13_000 },
  { name: 'who sends headers letter by letter', head, body: 'x'.repeat(100), closedWithinMs: 13_000 },
  ...(process.env.CHECK_FULL === '1'
    ? [
        {
          name: 'who sends a body letter by letter',
          head: `${head}content-length: 1000\r\n\r\n`,
          body: 'x'.repeat(100),
          closedWithinMs: 33_000,
        },
      ]
    : []),
];

describe('hostile input', () => {
  let world: HostileWorld;
  let slow: Promise<number>[];

  beforeAll(async () => {
    world = await HostileWorld.open();
    slow = slowClients.map(({ head, body }) => world.drip(head, body));
  }, 60_000);
  afterAll(() => world.server.stop());

  /** A collection of garbage may fall into any row: what the input itself causes comes again each time. */
  async function leastStallMs(row: HostileRow): Promise<number> {
    const stalls: number[] = [];
    do {
      await row.run(world);
      stalls.push(await world.longestStallMs());
    } while (stalls.length < 3 && Math.min(...stalls) >= mostStallMs);
    return Math.min(...stalls);
  }

  describe.each(categories)('%s', (_, rows) => {
    it.each(rows.map((row) => [row.no, row.name, row] as const))('#%i %s', async (_no, _name, row) => {
      world.statuses = [];
      expect(await leastStallMs(row)).toBeLessThan(mostStallMs);
      expect(world.statuses.filter((status) => status >= 500)).toEqual([]);
    });
  });

  it.each(slowClients.map(({ name, closedWithinMs }, index) => [name, closedWithinMs, index] as const))(
    '#18 hangs up on %s within %i ms',
    async (_, closedWithinMs, index) => {
      expect(await slow[index]).toBeLessThan(closedWithinMs);
    },
    45_000,
  );

  it('watches for real: a loop that answers nobody is seen', () => {
    expect(
      stallOf('for (const since = process.cpuUsage(); process.cpuUsage(since).user < 300_000; );'),
    ).toBeGreaterThan(mostStallMs);
    expect(stallOf('')).toBeLessThan(mostStallMs);
  });

  it('leaves a server that is ready, has complained of nothing and has stayed within its memory', async () => {
    expect((await fetch(`${world.server.url}/readyz`)).status).toBe(200);
    expect(world.server.logs.filter((line) => /uncaught|unhandled|"level":"?(error|50|60)/i.test(line))).toEqual([]);
    expect(world.peakMemoryMb()).toBeLessThan(mostMemoryMb);
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listedFaults, seededFaults, startFaultProxy, type FaultProxy } from './fault.proxy';

describe('a network that fails', () => {
  const heard: string[] = [];
  let target: Server;
  let proxy: FaultProxy;

  beforeAll(async () => {
    target = createServer((request, reply) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        heard.push(body);
        reply.writeHead(200, { 'x-from': 'target' }).end(`heard ${body}`);
      });
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const { port } = target.address() as AddressInfo;
    const plan = listedFaults(['too-busy', 'broken', 'lost-call', 'lost-answer', null]);
    proxy = await startFaultProxy(`http://127.0.0.1:${port}`, plan);
  });
  afterAll(async () => {
    await proxy.stop();
    await new Promise((resolve) => target.close(resolve));
  });

  const post = (body: string) => fetch(`${proxy.url}/v1/t`, { method: 'POST', body });

  it('refuses, breaks, loses the call, loses the answer, and lets everything else through', async () => {
    const busy = await post('busy');
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await post('broken')).status).toBe(500);
    await expect(post('lost call')).rejects.toThrow();
    await expect(post('lost answer')).rejects.toThrow();
    const answer = await post('whole');
    expect([answer.status, answer.headers.get('x-from'), await answer.text()]).toEqual([200, 'target', 'heard whole']);
    expect(heard).toEqual(['lost answer', 'whole']);
    expect(proxy.attempts.map(({ fault, status }) => [fault, status])).toEqual([
      ['too-busy', 429],
      ['broken', 500],
      ['lost-call', null],
      ['lost-answer', null],
      [null, 200],
    ]);
  });

  it('draws the same faults for the same seed, about as many as asked for', () => {
    const draw = (seed: number) => {
      const plan = seededFaults(seed, 0.3);
      return Array.from({ length: 1_000 }, () => plan());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const drawn = draw(7).filter((fault) => fault !== null);
    expect(drawn.length / 1_000).toBeCloseTo(0.3, 1);
    expect(new Set(drawn).size).toBe(4);
  });
});

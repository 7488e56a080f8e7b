import { Server } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Long enough for a probe to see "not ready" before the door closes. */
const noticeMs = 200;
/** Long enough for whoever has just been answered to knock again and be let in, on a busy machine too. */
const holdMs = 250;
/** How long connections that have something to say are waited for; idle ones never end by themselves. */
const drainMs = 2_000;

/** Resolves once the event loop has looked for new connections, which timers alone do not promise on a busy machine. */
async function afterAccepting(): Promise<void> {
  for (let turns = 0; turns < 3; turns += 1) await nextTurn();
}

/**
 * Closes a listening server without cutting anybody off. Every answer asks the client to leave; answers are held back
 * for the moment in which the door closes, because a client that has just been answered knocks again at once, and who
 * waits outside a closing door is cut off by the system.
 */
export class ClosingDoor {
  private isClosing = false;
  private closed: Promise<void> = Promise.resolve();

  /** To be called before the server listens. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onSend', async (_request, reply, payload) => {
      if (!this.isClosing) return payload;
      reply.header('connection', 'close');
      await this.closed;
      return payload;
    });
  }

  /** Resolves when everybody has gone, or after 2 s; `http.Server.close` may then cut the idle ones. */
  async close(server: Server): Promise<void> {
    this.isClosing = true;
    await pause(noticeMs);
    let release = (): void => undefined;
    this.closed = new Promise((resolve) => (release = resolve));
    await pause(holdMs);
    await afterAccepting();
    // The method of net.Server: that of http.Server also cuts connections whose request has not been read yet.
    const isEmpty = new Promise<void>((resolve) => Server.prototype.close.call(server, () => resolve()));
    release();
    await Promise.race([isEmpty, pause(drainMs)]);
  }
}

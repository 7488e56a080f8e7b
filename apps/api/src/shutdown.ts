import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ReadinessService } from '@rekindle/nest';
import type { Logger } from 'pino';
import type { ClosingDoor } from './closing.door';

const longestMs = 15_000;

/**
 * On SIGTERM or SIGINT: not ready at once, no new connections, requests under way are finished, then exit; after 15 s
 * or on a second signal exit regardless. What was acknowledged is on disk either way.
 */
export function stopOnSignals(app: NestFastifyApplication, door: ClosingDoor, logger: Logger): void {
  let isStopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    app.get(ReadinessService, { strict: false }).stop();
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), longestMs).unref();
    await door.close(app.getHttpServer());
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      });
    });
  }
}

import { performance } from 'node:perf_hooks';

/** Seconds since `startedAt` (of `performance.now()`), for people. */
export const secondsSince = (startedAt) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

/** Says what is being done, every five seconds for how long, and at the end how long it took. */
export async function withProgress(title, work) {
  const startedAt = performance.now();
  process.stdout.write(`${title} …\n`);
  const timer = setInterval(() => process.stdout.write(`  still at it, ${secondsSince(startedAt)}\n`), 5_000);
  try {
    const result = await work();
    process.stdout.write(`  done in ${secondsSince(startedAt)}\n`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

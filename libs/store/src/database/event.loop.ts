import { setImmediate as nextTurn } from 'node:timers/promises';

/** libuv takes in one new connection a turn: a crowd that comes at once must not wait for as many transactions. */
const MOST_TURNS = 16;
/** One turn may take longer: whoever is there already is served in it. */
const ENOUGH_MS = 10;

/**
 * Everybody else who waits for the event loop goes first. Answers how long that took, in milliseconds: a tenth of one
 * when nobody does.
 */
export async function letOthersIn(): Promise<number> {
  const startedAt = performance.now();
  let elapsedMs = 0;
  for (let turn = 0; turn < MOST_TURNS && elapsedMs < ENOUGH_MS; turn += 1) {
    await nextTurn();
    elapsedMs = performance.now() - startedAt;
  }
  return elapsedMs;
}

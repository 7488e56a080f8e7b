/**
 * Asks again every so many ms, once there is a first answer. Without one it waits for "Try again": a query that begins
 * anew forgets why it failed, and the page would waver between its error and its skeleton.
 */
export const polling =
  (everyMs: number | false) =>
  ({ state }: { state: { data: unknown } }): number | false =>
    state.data === undefined ? false : everyMs;

import { readFileSync } from 'node:fs';

/** The kernel counts in hundredths of a second, whatever its own clock. */
const TICK_MICROSECONDS = 10_000;

/** User and system time a process has used so far, in microseconds; null where there is no `/proc`. */
export function processorMicroseconds(pid: number): number | null {
  try {
    // The name in parentheses may hold spaces; fields are counted after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isNaN(ticks) ? null : ticks * TICK_MICROSECONDS;
  } catch {
    return null;
  }
}

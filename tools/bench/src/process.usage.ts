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

function memoryField(pid: number, name: string): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1_024;
  } catch {
    return null;
  }
}

/** Memory a process holds for itself now, in bytes, without files it has mapped; null where there is no `/proc`. */
export const ownMemoryBytes = (pid: number): number | null => memoryField(pid, 'RssAnon');

/** The most a process has held so far, mapped files included; null where there is no `/proc`. */
export const peakResidentBytes = (pid: number): number | null => memoryField(pid, 'VmHWM');

// Loaded before the server (node --import): on SIGUSR2 writes the longest time in which its event loop answered nobody
// since the last such signal, in ms, to the file that STALL_FILE names. Time in which the machine gave the process no
// processor is not its own: of each gap between two ticks what the process has computed in it counts.
import { renameSync, writeFileSync } from 'node:fs';

const everyMs = 5;
const file = process.env.STALL_FILE;
let longest = 0;
let tickAt = performance.now();
let computed = process.cpuUsage();

function tick() {
  const now = performance.now();
  const { user, system } = process.cpuUsage(computed);
  longest = Math.max(longest, Math.min(now - tickAt - everyMs, (user + system) / 1_000));
  tickAt = now;
  computed = process.cpuUsage();
}

setInterval(tick, everyMs).unref();

process.on('SIGUSR2', () => {
  tick();
  writeFileSync(`${file}.part`, String(longest));
  longest = 0;
  renameSync(`${file}.part`, file);
});

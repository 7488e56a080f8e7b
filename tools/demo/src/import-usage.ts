import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type IngestResponse } from '@rekindle/contracts';
import { usageMessage, type UsageMessage } from './usage.import';

const BATCH = 500;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    'write-key': { type: 'string', default: 'demo_write_key' },
  },
});

type Counts = Pick<IngestResponse, 'accepted' | 'duplicate' | 'conflict' | 'rejected'>;

async function send(batch: UsageMessage[], counts: Counts): Promise<void> {
  const response = await fetch(new URL('/v1/batch', values.url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${values['write-key']}:`).toString('base64')}`,
    },
    body: JSON.stringify({ batch }),
  });
  if (!response.ok) throw new Error(`the server answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  const answer = (await response.json()) as IngestResponse;
  for (const key of ['accepted', 'duplicate', 'conflict', 'rejected'] as const) counts[key] += answer[key];
}

/** Reads an app's event log (NDJSON) and sends it as Segment events. */
async function importUsage(path: string): Promise<void> {
  const counts: Counts = { accepted: 0, duplicate: 0, conflict: 0, rejected: 0 };
  let batch: UsageMessage[] = [];
  let lineNumber = 0;
  let unreadable = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    lineNumber += 1;
    if (line.trim() === '') continue;
    try {
      batch.push(usageMessage(line, lineNumber));
    } catch (error) {
      unreadable += 1;
      say(`line ${lineNumber} skipped: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (batch.length === BATCH) {
      await send(batch, counts);
      batch = [];
    }
  }
  if (batch.length > 0) await send(batch, counts);
  say(`${lineNumber} lines: ${JSON.stringify({ ...counts, unreadable })}`);
}

const [path] = positionals;
if (path === undefined) {
  process.stderr.write('usage: npm run import:usage -- <file.ndjson> [--url http://…] [--write-key …]\n');
  process.exitCode = 2;
} else {
  importUsage(path).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}

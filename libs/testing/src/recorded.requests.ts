import { readFileSync } from 'node:fs';
import { recordedPath } from './recorded.folder';

/** One thing that a recording says happened, in the words of the software that recorded it. */
export interface RecordedEvent {
  event_type: string;
  event_id: string | null;
  message_id: string | null;
  recipient?: string | null;
  timestamp: string | null;
  click_url?: string | null;
  user_agent?: string | null;
  from?: string;
  subject?: string | null;
}

/** A request a provider sent, byte for byte, and what it means. */
export interface RecordedRequest {
  /** The last part of the recording test's name. */
  name: string;
  headers: Record<string, string>;
  body: Buffer;
  events: readonly RecordedEvent[];
}

interface StoredRecording {
  test: string;
  request: { headers: Record<string, string>; body: { text?: string; b64?: string } };
  events: RecordedEvent[];
}

/** Recorded requests of `esp/<file>.json`; null, with a notice, where the folder of recordings is missing. */
export function recordedRequests(file: string): RecordedRequest[] | null {
  const path = recordedPath(`esp/${file}.json`);
  if (path === null) return null;
  const stored = JSON.parse(readFileSync(path, 'utf8')) as StoredRecording[];
  return stored.map(({ test, request: { headers, body }, events }) => ({
    name: test.split('.').at(-1) ?? test,
    headers,
    body: body.b64 === undefined ? Buffer.from(body.text ?? '') : Buffer.from(body.b64, 'base64'),
    events,
  }));
}

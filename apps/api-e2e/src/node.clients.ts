import LegacyAnalytics from 'analytics-node';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';

/** Where a client sends to. */
export interface Target {
  url: string;
  writeKey: string;
}

/** Message ids by what the client told its caller about them. */
export interface Reported {
  sent: string[];
  failed: string[];
}

/** One call of the story, as every client of a server takes it. */
export interface Call {
  kind: 'identify' | 'group' | 'track' | 'page' | 'screen' | 'alias';
  message: Record<string, unknown> & { messageId: string };
}

/** A tracking client for servers, unmodified. */
export interface NodeClient {
  label: string;
  /** How often it sends a batch at most before it gives up and says so. */
  mostAttempts: number;
  /** Hands all calls over, flushes, and resolves when the client has spoken about each. */
  run(target: Target, calls: readonly Call[]): Promise<Reported>;
}

/** Few messages to a request, so that a story meets many faults. */
const flushAt = 3;

type Callback = (error?: unknown) => void;

/** Resolves when every call has been reported on. */
function reportsOf(calls: readonly Call[], hand: (call: Call, callback: Callback) => void): Promise<Reported> {
  const reported: Reported = { sent: [], failed: [] };
  return new Promise((resolve) => {
    for (const call of calls) {
      hand(call, (error) => {
        (error ? reported.failed : reported.sent).push(call.message.messageId);
        if (reported.sent.length + reported.failed.length === calls.length) resolve(reported);
      });
    }
  });
}

const segment: NodeClient = {
  label: '@segment/analytics-node',
  mostAttempts: 3,
  async run({ url, writeKey }, calls) {
    // Ten by itself, which would take minutes; busy answers with a Retry-After are not counted.
    const client = new Analytics({ host: url, writeKey, flushAt, maxRetries: 2 });
    client.on('error', () => undefined); // each call's own callback says the same
    const reports = reportsOf(calls, ({ kind, message }, callback) => client[kind](message as never, callback));
    await client.closeAndFlush({ timeout: 60_000 });
    return reports;
  },
};

type CallbackClient = Record<Call['kind'], (message: never, callback: Callback) => unknown> & {
  flush(): unknown;
};

/** Of clients that flush by count and by time: what is left over is flushed by hand. */
function runWithCallbacks(client: CallbackClient, calls: readonly Call[]): Promise<Reported> {
  const reports = reportsOf(calls, ({ kind, message }, callback) => client[kind](message as never, callback));
  client.flush();
  return reports;
}

const legacy: NodeClient = {
  label: 'analytics-node',
  mostAttempts: 4,
  run({ url, writeKey }, calls) {
    return runWithCallbacks(
      new LegacyAnalytics(writeKey, { host: url, flushAt, errorHandler: () => undefined }),
      calls,
    );
  },
};

const rudder: NodeClient = {
  label: '@rudderstack/rudder-sdk-node',
  mostAttempts: 4,
  run({ url, writeKey }, calls) {
    const settings = { dataPlaneUrl: url, flushAt, logLevel: 'none', errorHandler: () => undefined };
    return runWithCallbacks(new RudderAnalytics(writeKey, settings), calls);
  },
};

/** Every client for servers that the stories drive. */
export const nodeClients: readonly NodeClient[] = [segment, legacy, rudder];

/** What one lead does: every kind of call a server's client offers, some of them often. */
export function storyOf(name: string, tracks: number): Call[] {
  const userId = `${name}-lead`;
  const anonymousId = `${name}-visitor`;
  const call = (kind: Call['kind'], step: string, more: Record<string, unknown>): Call => ({
    kind,
    message: { messageId: `${name}-${step}`, userId, ...more },
  });
  return [
    call('track', 'visit', { userId: undefined, anonymousId, event: 'Pricing Page Viewed' }),
    call('alias', 'alias', { previousId: anonymousId }),
    call('identify', 'identify', { traits: { email: `${name}@clients.example`, name: 'Ann Lee', title: 'VP Sales' } }),
    call('group', 'group', { groupId: `${name}-company`, traits: { name: 'Acme GmbH' } }),
    call('page', 'page', { name: 'Docs', properties: { path: '/docs' } }),
    call('screen', 'screen', { name: 'Inbox', properties: { path: '/inbox' } }),
    ...Array.from({ length: tracks }, (_, index) =>
      call('track', `track-${index}`, { event: 'Email Link Clicked', properties: { index } }),
    ),
  ];
}

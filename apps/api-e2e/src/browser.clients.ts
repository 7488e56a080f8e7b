import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';

const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** What the shop's own server gives out: an empty page, and the published bundles as they are. */
const bundles: Record<string, string> = {
  '/segment': join(packageFolder('@segment/analytics-next'), 'dist/umd'),
  '/rudder': join(dirname(require.resolve('@rudderstack/analytics-js')), '../bundled/umd'),
};

/** A web shop on its own origin. */
export interface Shop {
  url: string;
  stop(): Promise<void>;
}

/** The file of a bundle at this address; null for every other address. */
function bundleAt(pathname: string): string | null {
  const folder = bundles[dirname(pathname)];
  const file = folder === undefined ? '' : join(folder, basename(pathname));
  return extname(file) === '.js' && existsSync(file) ? file : null;
}

/** Serves the bundles and an empty page at every other address. */
export async function openShop(): Promise<Shop> {
  const server = createServer(({ url = '/' }, reply) => {
    const file = bundleAt(new URL(url, 'http://shop').pathname);
    if (file === null) reply.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Shop</title>');
    else reply.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** The system's chromium, which reaches nothing but 127.0.0.1. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

/** A visitor's page in the shop, with nothing remembered from before, and one of the bundles loaded. */
export async function visit(browser: Browser, shop: Shop, bundle: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${shop.url}/?utm_source=mail`);
  await page.addScriptTag({ url: `${shop.url}${bundle}` });
  return page;
}

/** Where a page sends to, and what tells its messages from another page's. */
export interface PageTarget {
  url: string;
  writeKey: string;
  name: string;
}

/** A tracking client for browsers, unmodified, in one of its ways to send. */
export interface BrowserClient {
  label: string;
  bundle: string;
  /** Every address it sends to in the story. */
  paths: string[];
  /** A beacon cannot be heard failing, so nothing sends it again. */
  sendsAgain: boolean;
  /** Runs in the page: hands over one call of each kind and gives their message ids. */
  run(page: Page, target: PageTarget): Promise<string[]>;
}

interface SegmentPage {
  AnalyticsNext: {
    AnalyticsBrowser: {
      load(
        settings: object,
        options: object,
      ): Promise<[Record<string, (...args: unknown[]) => Promise<SegmentContext>>]>;
    };
  };
}
interface SegmentContext {
  event: { messageId: string };
}

async function runSegment({ url, writeKey, name, strategy }: PageTarget & { strategy: object }): Promise<string[]> {
  const { AnalyticsNext } = globalThis as unknown as SegmentPage;
  const cdnSettings = { integrations: { 'Segment.io': { apiKey: writeKey } } };
  const destination = { apiHost: `${new URL(url).host}/v1`, protocol: 'http', deliveryStrategy: strategy };
  const options = { integrations: { 'Segment.io': destination } };
  const [client] = await AnalyticsNext.AnalyticsBrowser.load({ writeKey, cdnSettings }, options);
  const calls: [string, ...unknown[]][] = [
    ['page', 'Docs'],
    ['track', 'Pricing Page Viewed', { plan: 'team' }],
    ['alias', `${name}-lead`],
    ['identify', `${name}-lead`, { email: `${name}@clients.example` }],
    ['group', `${name}-company`, { name: 'Acme GmbH' }],
    ['screen', 'Inbox'],
  ];
  const ids: string[] = [];
  for (const [method, ...args] of calls) ids.push((await client[method]?.(...args))?.event.messageId ?? '');
  return ids;
}

interface RudderPage {
  rudderanalytics: { RudderAnalytics: new () => Rudder };
}
interface Rudder {
  load(writeKey: string, url: string, options: object): void;
  ready(callback: () => void): void;
  page(category: string, name: string, properties: object, options: object, done: Done): void;
  track(event: string, properties: object, options: object, done: Done): void;
  identify(userId: string, traits: object, options: object, done: Done): void;
  group(groupId: string, traits: object, options: object, done: Done): void;
  alias(to: string, from: string, options: object, done: Done): void;
}
type Done = (message: { messageId: string }) => void;

async function runRudder({ url, writeKey, name, options }: PageTarget & { options: object }): Promise<string[]> {
  const client = new (globalThis as unknown as RudderPage).rudderanalytics.RudderAnalytics();
  client.load(writeKey, url, { configUrl: url, ...options });
  await new Promise<void>((resolve) => client.ready(resolve));
  const idOf = (hand: (done: Done) => void): Promise<string> =>
    new Promise((resolve) => hand(({ messageId }) => resolve(messageId)));
  return Promise.all([
    idOf((done) => client.page('Help', 'Docs', {}, {}, done)),
    idOf((done) => client.track('Pricing Page Viewed', { plan: 'team' }, {}, done)),
    idOf((done) => client.identify(`${name}-lead`, { email: `${name}@clients.example` }, {}, done)),
    idOf((done) => client.group(`${name}-company`, { name: 'Acme GmbH' }, {}, done)),
    idOf((done) => client.alias(`${name}-lead`, `${name}-former`, {}, done)),
    idOf((done) => client.track('Case Study Viewed', {}, {}, done)),
  ]);
}

/** Every client for browsers that the stories drive. */
export const browserClients: readonly BrowserClient[] = [
  {
    label: '@segment/analytics-next, call by call',
    bundle: '/segment/index.js',
    paths: ['/v1/a', '/v1/g', '/v1/i', '/v1/p', '/v1/s', '/v1/t'],
    sendsAgain: true,
    run: (page, target) => page.evaluate(runSegment, { ...target, strategy: { strategy: 'standard' } }),
  },
  {
    label: '@segment/analytics-next, in batches',
    bundle: '/segment/index.js',
    paths: ['/v1/b'],
    sendsAgain: true,
    run: (page, target) =>
      page.evaluate(runSegment, { ...target, strategy: { strategy: 'batching', config: { size: 2, timeout: 500 } } }),
  },
  {
    label: '@rudderstack/analytics-js, call by call',
    bundle: '/rudder/index.js',
    paths: ['/v1/alias', '/v1/group', '/v1/identify', '/v1/page', '/v1/track'],
    sendsAgain: true,
    run: (page, target) => page.evaluate(runRudder, { ...target, options: {} }),
  },
  {
    label: '@rudderstack/analytics-js, with beacons',
    bundle: '/rudder/index.js',
    paths: ['/beacon/v1/batch'],
    sendsAgain: false,
    run: (page, target) => {
      const beaconQueueOptions = { maxItems: 2, flushQueueInterval: 500 };
      return page.evaluate(runRudder, { ...target, options: { useBeacon: true, beaconQueueOptions } });
    },
  },
];

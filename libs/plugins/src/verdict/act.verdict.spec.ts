import { readFileSync } from 'node:fs';
import { recordedPath } from '@rekindle/testing';
import fc from 'fast-check';
import { judgeMailActs, verdictWords } from './act.verdict';
import type { MailTrace } from './mail.trace';

const SECOND = 1_000;
const sent = Date.UTC(2026, 2, 2, 12);
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const gmailProxy = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';

/** A person's click two hours after the mail was sent, unless said otherwise. */
const anAct = (more: Partial<MailTrace> = {}): MailTrace => ({
  kind: 'click',
  at: sent + 7_200 * SECOND,
  userAgent: chrome,
  isHead: false,
  isTrap: false,
  flag: null,
  handedOverAt: sent,
  link: 'a',
  linkCount: 6,
  ...more,
});
const click = (link: string, secondsAfter: number, more: Partial<MailTrace> = {}) =>
  anAct({ link, at: sent + secondsAfter * SECOND, ...more });
const open = (secondsAfter: number, more: Partial<MailTrace> = {}) =>
  anAct({ kind: 'open', link: null, at: sent + secondsAfter * SECOND, ...more });
const verdictsOf = (acts: readonly MailTrace[]) => judgeMailActs(acts).map(({ verdict }) => verdict);

describe('who opened or clicked', () => {
  it.each<[string, MailTrace, string, string[]]>([
    ['a click hours later', anAct(), 'human', []],
    ['an open hours later', open(7_200), 'human', []],
    ['an open through the proxy of Gmail hours later', open(7_200, { userAgent: gmailProxy }), 'human', []],
    ['an open through the proxy of Gmail at delivery', open(30, { userAgent: gmailProxy }), 'unsure', ['image-proxy']],
    ['an open by the proxy of Apple', open(7_200, { userAgent: 'Mozilla/5.0' }), 'unsure', ['privacy-proxy']],
    ['what a provider calls a privacy proxy', open(7_200, { flag: 'privacy-proxy' }), 'unsure', ['privacy-proxy']],
    ['what a provider calls a scanner', anAct({ flag: 'scanner' }), 'machine', ['provider-scanner']],
    ['a known robot', anAct({ userAgent: 'Googlebot/2.1' }), 'machine', ['known-bot']],
    ['a HEAD request', anAct({ isHead: true }), 'machine', ['head-request']],
    ['a link that nobody sees', anAct({ isTrap: true }), 'machine', ['trap-link']],
    ['a click two seconds after the hand-over', click('a', 2), 'machine', ['unread-click', 'hasty-click']],
    ['a click twenty seconds after the hand-over', click('a', 20), 'unsure', ['hasty-click']],
    ['an open two seconds after the hand-over', open(2), 'unsure', ['hasty-open']],
    ['a click that does not say what it is', anAct({ userAgent: '' }), 'unsure', ['no-agent']],
    ['a click of which nothing is known', anAct({ userAgent: null, handedOverAt: null, linkCount: null }), 'human', []],
  ])('T11: %s', (_what, act, verdict, evidence) => {
    expect(judgeMailActs([act])).toEqual([{ verdict, evidence }]);
  });

  it('T11: a sweep over all links of a mail is a machine, each click of it', () => {
    const sweep = ['a', 'b', 'c'].map((link, index) => click(link, 3_600 + index * 0.5, { linkCount: 3 }));
    expect(verdictsOf(sweep)).toEqual(['machine', 'machine', 'machine']);
    expect(verdictsOf(sweep.slice(0, 2))).toEqual(['human', 'human']);
  });

  it('a burst shows at its fifth link, and from then on for all five', () => {
    const burst = ['a', 'b', 'c', 'd', 'e'].map((link, index) => click(link, 3_600 + index * 2, { linkCount: null }));
    expect(new Set(verdictsOf(burst.slice(0, 4)))).toEqual(new Set(['human']));
    expect(new Set(verdictsOf(burst))).toEqual(new Set(['machine']));
  });

  it('T11: a click on a link that nobody sees tells on the clicks it came with, and on no others', () => {
    const trap = click('trap', 3_620, { isTrap: true });
    const run = [click('a', 3_600), click('b', 3_609), click('c', 3_612), trap, click('d', 3_630)];
    expect(new Set(verdictsOf(run))).toEqual(new Set(['machine']));
    expect(judgeMailActs(run)[0]?.evidence).toEqual(['trap-burst']);
    expect(verdictsOf([click('a', 3_600), trap])).toEqual(['human', 'machine']);
    expect(verdictsOf([open(3_615), trap])).toEqual(['human', 'machine']);
  });

  it('one link five times, or five links in an hour, is a person', () => {
    expect(new Set(verdictsOf([0, 1, 2, 3, 4].map((at) => click('a', 3_600 + at))))).toEqual(new Set(['human']));
    const slow = ['a', 'b', 'c', 'd', 'e'].map((link, index) => click(link, 3_600 + index * 600));
    expect(new Set(verdictsOf(slow))).toEqual(new Set(['human']));
  });

  it('a hasty click is believed once the same person clicks again, and not when a robot does', () => {
    const hasty = click('a', 20);
    expect(verdictsOf([hasty, click('b', 300)])).toEqual(['human', 'human']);
    expect(verdictsOf([hasty, click('b', 300, { userAgent: 'Googlebot/2.1' })])).toEqual(['unsure', 'machine']);
    expect(verdictsOf([hasty, click('b', 7_200)])).toEqual(['unsure', 'human']);
  });

  it('P4: verdicts are a function of the set of acts, whatever their order', () => {
    const anyAct = fc.record({
      link: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      second: fc.integer({ min: 0, max: 120 }),
      isOpen: fc.boolean(),
      isTrap: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (drawn, order) => {
        const acts = drawn.map(({ link, second, isOpen, isTrap }) =>
          isOpen ? open(second) : click(link, second, { isTrap: isTrap && link === 'f' }),
        );
        const shuffled = acts
          .map((act) => ({ act, key: order.next().value }))
          .sort((one, other) => one.key - other.key);
        const after = judgeMailActs(shuffled.map(({ act }) => act));
        const byAct = new Map(shuffled.map(({ act }, index) => [act, after[index]]));
        expect(acts.map((act) => byAct.get(act))).toEqual(judgeMailActs(acts));
      }),
      { seed: 11 },
    );
  });

  it('T11: hundreds of clicks on one mail, which anybody can send, are judged at once', () => {
    const flood = Array.from({ length: 500 }, (_, index) =>
      click('a', 3_600 + (index % 2) * 120 + index / 1_000, { linkCount: null, userAgent: '' }),
    );
    const go = Array.from({ length: 500 }, (_, index) => click('a', 3_600 + index * 5, { isTrap: index % 100 === 0 }));
    const startedAt = performance.now();
    const verdicts = [flood, go].map((acts) => new Set(verdictsOf(acts)));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(verdicts).toEqual([new Set(['unsure']), new Set(['machine'])]);
  });

  it('says why in words', () => {
    expect(verdictWords({ verdict: 'machine', evidence: ['known-bot', 'head-request'] })).toBe(
      'machine: calls itself a robot, asked for the head alone',
    );
    expect(verdictWords({ verdict: 'human', evidence: [] })).toBe('human');
  });
});

interface Crawler {
  instances: string[];
}
const path = recordedPath('bots/crawler-user-agents.json');
const crawlers: Crawler[] = path === null ? [] : JSON.parse(readFileSync(path, 'utf8'));
const agents = crawlers.flatMap(({ instances }) => instances).filter((agent) => !/ImageProxy|MailProxy/.test(agent));

describe('crawlers of the public list', () => {
  it('T11: are nearly all known for what they are', () => {
    const verdicts = agents.map((userAgent) => judgeMailActs([anAct({ userAgent })])[0]?.verdict);
    const missed = verdicts.filter((verdict) => verdict !== 'machine').length;
    process.stdout.write(`of ${agents.length} user agents of crawlers ${missed} pass for people\n`);
    expect(missed).toBeLessThanOrEqual(agents.length * 0.02);
  });

  it.each([
    chrome,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
    'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; WOW64; Trident/7.0; Microsoft Outlook 16.0.5134)',
    'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.1.0',
  ])('a mail program or browser of people is not one of them: %s', (userAgent) => {
    expect(judgeMailActs([anAct({ userAgent })])).toEqual([{ verdict: 'human', evidence: [] }]);
  });
});

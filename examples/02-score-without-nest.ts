import { applyEvents, compileModel, DAY_MS, defaultModel, emptyProfile, scoreAt } from '@rekindle/scoring';

const model = compileModel(defaultModel, 1);
const now = Date.parse('2026-03-02T09:00:00Z');

/** What each lead did, and how many days ago. */
const acts: Record<string, [name: string, daysAgo: number][]> = {
  ann: [
    ['Demo Requested', 1],
    ['Pricing Page Viewed', 2],
    ['Email Opened', 9],
  ],
  bob: [['Email Opened', 45]],
};

for (const [lead, history] of Object.entries(acts)) {
  const events = history.map(([name, daysAgo], index) => {
    const at = now - daysAgo * DAY_MS;
    return { messageId: `${lead}-${index}`, type: 'track', name, at, properties: {}, context: {} };
  });
  const { profile } = applyEvents(emptyProfile(), events, model);
  const attributes = { traits: { title: 'VP Sales' }, accountTraits: { industry: 'Software' } };
  const { engagement, fit, priority } = scoreAt({ profile, attributes, at: now, model });
  const reasons = engagement.contributions.map(({ label, points }) => `${label} ${points.toFixed(1)}`).join(', ');
  process.stdout.write(`${lead}: ${priority.cell} ${priority.label}, engagement ${engagement.score.toFixed(0)} `);
  process.stdout.write(`(${engagement.band}: ${reasons}), fit ${fit.grade}\n`);
}

import { screen, within } from '@testing-library/react';
import type { ScoreAnswer } from '../api/shapes';
import { visit } from '../workspace/world.fixture';
import { WhyFitPanel } from './why-fit.panel';
import { WhyScorePanel } from './why-score.panel';

const share = (signal: string, label: string, points: number) => ({
  signal,
  label,
  count: 2,
  points,
  lastAt: '2026-11-20T12:00:00.000Z',
});

const score = (engagement: Partial<ScoreAnswer['engagement']>): ScoreAnswer => ({
  at: '2026-11-21T12:00:00.000Z',
  model: { key: 'default', version: 3 },
  engagement: {
    state: 'active',
    points: 8.333333,
    score: 25.1,
    band: 'medium',
    contributions: [
      share('open', 'Open', 1.333333),
      share('reply', 'Reply', 6.666667),
      share('click', 'Click', 0.333333),
    ],
    trend: { direction: 'rising', changePoints: 4.21 },
    spike: { isSpike: false, probability: 1, recentCount: 0, expectedCount: 0, causes: [] },
    forecast: [],
    ...engagement,
  },
  usage: {
    score: 0,
    tier: 'dormant',
    firstTier: null,
    events30d: 0,
    daysSinceLast: null,
    distinctFeatures: 0,
    excludedEvents: 0,
  },
  fit: { score: null, grade: null, isDisqualified: false, reasons: [] },
  priority: { cell: 'C2', label: 'Nurture', nextStep: '', value: 30 },
  lastActivityAt: null,
});

describe('why a lead has its score', () => {
  it('lists points per signal, the largest first, and they add up to the sum shown', () => {
    visit(<WhyScorePanel score={score({})} />);
    const [, ...rows] = screen.getAllByRole('row');
    const shown = rows.map((row) => within(row).getAllByRole('cell').at(-1)?.textContent);
    expect(rows.map((row) => within(row).getByRole('rowheader').textContent)).toEqual([
      'Reply',
      'Open',
      'Click',
      'Sum8.33 points make a score of 25',
    ]);
    expect(shown).toEqual(['6.67', '1.33', '0.33', '8.33']);
  });

  it('says in one sentence where it is going', () => {
    visit(<WhyScorePanel score={score({})} />);
    expect(screen.getByText('Rising: +4.2 points against 7 days ago.')).toBeTruthy();
  });

  it('names what a spike is made of', () => {
    const spike = { isSpike: true, probability: 0.001, recentCount: 9, expectedCount: 1.2 };
    const causes = [{ signal: 'pricing-page', label: 'Pricing page', count: 4, points: 24 }];
    visit(<WhyScorePanel score={score({ spike: { ...spike, causes } })} />);
    expect(screen.getByText('Spike: 9 signals in the last 3 days where 1.2 are usual for this lead.')).toBeTruthy();
    expect(screen.getByText('Pricing page')).toBeTruthy();
  });

  it('tells a mismatch from what is unknown', () => {
    const reasons = [
      { key: 'size', label: 'Company size', result: 'match' as const, points: 20 },
      { key: 'region', label: 'Region', result: 'mismatch' as const, points: 15 },
      { key: 'industry', label: 'Industry', result: 'unknown' as const, points: 10 },
    ];
    visit(<WhyFitPanel fit={{ score: 44, grade: 'C', isDisqualified: false, reasons }} />);
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'Company sizeMatch+20.0',
      'RegionNo match–',
      'IndustryUnknown–',
    ]);
  });
});

import { defaultCells } from './default.cells';
import { defaultFit } from './default.fit';
import { defaultSignals } from './default.signals';
import type { ScoringModel } from './model.schema';

/** The B2B model Rekindle ships: a plain document, to be copied and edited like any other. */
export const defaultModel: ScoringModel = {
  key: 'default',
  name: 'B2B lead score',
  landmark: '2025-01-01T00:00:00.000Z',
  engagement: {
    halfLifeDays: 30,
    halfScorePoints: 20,
    signals: defaultSignals,
    bands: [
      { key: 'high', label: 'High', minScore: 60 },
      { key: 'medium', label: 'Medium', minScore: 25 },
      { key: 'low', label: 'Low', minScore: 0 },
    ],
    trend: { days: 7, deadBandScore: 3 },
  },
  usage: {
    match: {
      any: [
        { fact: 'event.type', operator: 'eq', value: 'screen' },
        {
          all: [
            { fact: 'event.type', operator: 'eq', value: 'track' },
            {
              any: [
                { fact: 'event.name', operator: 'eq', value: 'Feature Used' },
                { fact: 'event.property', path: 'feature_name', operator: 'exists' },
                { fact: 'event.property', path: 'feature', operator: 'exists' },
              ],
            },
          ],
        },
      ],
    },
    exclude: {
      any: [
        { fact: 'event.property', path: 'is_automated', operator: 'eq', value: true },
        { fact: 'event.property', path: 'user_initiated', operator: 'eq', value: false },
      ],
    },
    featurePaths: ['feature_name', 'feature'],
    windowDays: 30,
    tiers: [
      { key: 'power', label: 'Power', minEvents: 50 },
      { key: 'active', label: 'Active', minEvents: 10 },
      { key: 'at-risk', label: 'At risk', minEvents: 1 },
      { key: 'dormant', label: 'Dormant', minEvents: 0 },
    ],
    weights: { frequency: 0.5, recency: 0.3, diversity: 0.2 },
    halfAt: { events: 10, days: 7, features: 3 },
  },
  fit: defaultFit,
  priority: { fitWeight: 0.4, gradeDMaxValue: 30, cells: defaultCells },
};

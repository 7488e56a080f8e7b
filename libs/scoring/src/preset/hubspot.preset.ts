import { defaultModel } from '../model/default.model';
import type { ScoringModel, SignalGroup } from '../model/model.schema';

/** Signals by where they happen, each with a limit, so that no channel alone makes a lead hot. */
const groups: readonly (SignalGroup & { signals: readonly string[] })[] = [
  {
    key: 'e-mail',
    label: 'E-mail',
    mostPoints: 20,
    signals: ['link-click', 'link-click-unsure', 'email-open', 'email-open-unsure'],
  },
  { key: 'website', label: 'Website', mostPoints: 25, signals: ['pricing-page', 'page-visit'] },
  { key: 'content', label: 'Content', mostPoints: 15, signals: ['case-study', 'download'] },
  { key: 'social', label: 'Social media', mostPoints: 10, signals: ['social'] },
  { key: 'direct', label: 'Direct contact', mostPoints: 30, signals: ['reply', 'demo-request'] },
  { key: 'trouble', label: 'Trouble', mostPoints: 40, signals: ['unsubscribe', 'bounce', 'spam-complaint'] },
];

/**
 * A model with the signals of the default one in groups with limits, as HubSpot users know them: together the limits of
 * the positive groups are 100 points. Exponential, so its ranks are static. A plain document, to be copied and edited.
 */
export const hubSpotModel: ScoringModel = {
  ...defaultModel,
  key: 'groups',
  name: 'Groups with limits',
  engagement: {
    ...defaultModel.engagement,
    halfScorePoints: 25,
    groups: groups.map(({ signals: _, ...group }) => group),
    signals: defaultModel.engagement.signals.map((signal) => ({
      ...signal,
      group: groups.find(({ signals }) => signals.includes(signal.key))?.key,
    })),
  },
};

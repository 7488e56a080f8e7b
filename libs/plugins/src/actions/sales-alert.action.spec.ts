import { actions } from './index';
import type { ActionContext, AlertDraft, Firing } from './action.definition';
import { alertSentence } from './sales-alert.action';

const firing: Firing = {
  id: 'f1',
  ruleKey: 'engagement-high',
  ruleName: 'Engagement is high',
  at: 0,
  score: 71.6,
  causes: [
    { signal: 'pricing-page', label: 'Pricing page', count: 2, points: 12 },
    { signal: 'case-study', label: 'Case study', count: 1, points: 4 },
  ],
  lead: { id: 'l1', name: 'Ann Lee', email: 'ann@acme.example', owner: null, accountName: 'Acme' },
  nextStep: 'Call',
};

function recorder(): { context: ActionContext; alerts: AlertDraft[]; sequences: string[] } {
  const alerts: AlertDraft[] = [];
  const sequences: string[] = [];
  const context: ActionContext = {
    raiseAlert: async (draft) => void alerts.push(draft),
    startSequence: async (key) => void sequences.push(key),
  };
  return { context, alerts, sequences };
}

describe('actions of rules', () => {
  it('says who rose how high and why in one sentence', () => {
    expect(alertSentence(firing)).toBe('Ann Lee (Acme) rose to 72: pricing page ×2, case study');
  });

  it.each([
    [{ name: null }, 'ann@acme.example (Acme) rose to 72'],
    [{ name: null, email: null, accountName: null }, 'An unknown visitor rose to 72'],
  ])('names a lead as well as it can: %j', (lead, start) => {
    expect(alertSentence({ ...firing, causes: [], lead: { ...firing.lead, ...lead } })).toBe(start);
  });

  it('mails the owner where the rule says so', async () => {
    const { context, alerts } = recorder();
    const [salesAlert] = actions.filter((action) => action.key === 'sales-alert');
    await salesAlert?.run(context, firing, { title: 'Highly engaged', emailOwner: true });
    expect(alerts).toEqual([{ title: 'Highly engaged', sentence: alertSentence(firing), isMailed: true }]);
  });

  it('refuses settings that do not fit before anything is done', () => {
    const { context, alerts, sequences } = recorder();
    for (const action of actions) expect(() => action.run(context, firing, { unknown: 1 })).toThrow('unknown');
    expect([alerts, sequences]).toEqual([[], []]);
  });

  it('starts the sequence the rule names', async () => {
    const { context, sequences } = recorder();
    const [start] = actions.filter((action) => action.key === 'start-sequence');
    await start?.run(context, firing, { sequence: 're-engagement' });
    expect(sequences).toEqual(['re-engagement']);
  });
});

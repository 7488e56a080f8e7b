import * as rules from './index';

describe('public API', () => {
  it('exports exactly these functions, schemas and constants', () => {
    expect(Object.keys(rules).sort()).toEqual([
      'EndlessDueError',
      'HistoryOrderError',
      'HistoryReplay',
      'LeadSubject',
      'advance',
      'compileDefinitions',
      'conditionHolds',
      'conditionIssues',
      'decodeLeadState',
      'describeCondition',
      'describeRule',
      'emptyLeadState',
      'encodeLeadState',
      'facts',
      'operatorsOf',
      'rebuild',
      'replay',
      'replayHistory',
      'ruleActionSchema',
      'ruleIssues',
      'scoresAsOf',
      'shippedRules',
      'triggerRuleSchema',
    ]);
  });
});

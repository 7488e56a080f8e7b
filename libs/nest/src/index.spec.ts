import * as nest from './index';

describe('what a CRM may import', () => {
  it('is exactly this', () => {
    expect(Object.keys(nest).sort()).toEqual([
      'BugError',
      'Clock',
      'DueService',
      'ImportService',
      'ImportWorker',
      'IngestService',
      'LEAD_SCORING_OPTIONS',
      'LeadReader',
      'LeadScoringModule',
      'LeadService',
      'MailService',
      'ManualClock',
      'OperationalError',
      'OutboxService',
      'ProblemFilter',
      'ProvisionService',
      'ReadinessService',
      'ScoreService',
      'SequenceService',
      'SnsClient',
      'SystemClock',
      'UserError',
      'leadScoringOpenApi',
      'problemOf',
    ]);
  });
});

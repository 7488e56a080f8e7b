import * as store from './index';

describe('the public interface of the store', () => {
  it('is exactly this', () => {
    expect(Object.keys(store).sort()).toEqual([
      'AccountStore',
      'AlertStore',
      'ChangeStore',
      'CredentialStore',
      'Database',
      'EnrolmentStore',
      'EventStore',
      'FiringStore',
      'IdentityStore',
      'ImportEventStore',
      'ImportRejectionStore',
      'ImportStore',
      'LeadListStore',
      'LeadStore',
      'LinkStore',
      'MessageListStore',
      'MessageStore',
      'ModelStore',
      'OutboxStore',
      'OutcomeStore',
      'ProfileStore',
      'RuleStore',
      'SequenceStore',
      'SessionStore',
      'SourceStore',
      'SuppressionStore',
      'UserStore',
      'WorkspaceStore',
      'identityKey',
      'newId',
      'savepoint',
    ]);
  });

  it('makes ids that sort by the time of their creation', () => {
    const ids = [5, 1, 3].map((second) => store.newId(1_700_000_000_000 + second * 1_000));
    expect([...ids].sort()).toEqual([ids[1], ids[2], ids[0]]);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

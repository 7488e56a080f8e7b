import { compileModel, defaultModel, emptyProfile, profileWith, type Condition } from '@rekindle/scoring';
import { LeadSubject } from '../facts/lead.subject';
import { day, nobody, replied } from '../lead.fixture';
import { conditionHolds } from './condition.holds';

const model = compileModel(defaultModel, 1);
const keen = new LeadSubject(profileWith(emptyProfile(), [replied(day(0)), replied(day(0.1))], model), nobody, model);
const stranger = new LeadSubject(emptyProfile(), nobody, model);

describe('a condition that stands alone', () => {
  const warm: Condition = { fact: 'engagement.score', operator: 'gte', value: 40 };

  it('holds as of the instant asked', () => {
    expect(conditionHolds(warm, keen, day(1))).toBe(true);
    expect(conditionHolds(warm, keen, day(60))).toBe(false);
    expect(conditionHolds({ all: [warm, { not: { fact: 'usage.tier', operator: 'exists' } }] }, keen, day(1))).toBe(
      true,
    );
  });

  it('is unknown where the lead is', () => {
    expect(conditionHolds(warm, stranger, day(1))).toBeUndefined();
    expect(conditionHolds({ fact: 'engagement.score', operator: 'missing' }, stranger, day(1))).toBe(true);
  });
});

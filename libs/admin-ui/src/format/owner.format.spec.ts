import { leadName, ownerName } from './owner.format';

describe('names', () => {
  it('reads an owner’s name from the usual address', () => {
    expect(ownerName('ana.silva@example.com')).toBe('Ana Silva');
    expect(ownerName('jörg@example.com')).toBe('Jörg');
  });

  it('leaves an address alone that is not made of names', () => {
    expect(ownerName('sdr2@example.com')).toBe('sdr2');
  });

  it('calls a lead by the best name known', () => {
    expect(leadName({ name: null, email: 'a@example.com', userId: 'u1' })).toBe('a@example.com');
    expect(leadName({ name: null, email: null, userId: null })).toBeNull();
  });
});

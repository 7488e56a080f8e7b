import { UserError } from '@rekindle/contracts';
import fc from 'fast-check';
import { decodePosition, encodePosition } from './timeline.service';

describe('the cursor of a timeline', () => {
  it('gives back the position it was made of', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (at, id) => {
        expect(decodePosition(encodePosition({ at, id }))).toEqual({ at, id });
      }),
      { seed: 7 },
    );
  });

  it('refuses everything that no timeline gave out', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => Buffer.from(text).toString('base64url')),
        ),
        (cursor) => {
          try {
            const { at, id } = decodePosition(cursor);
            expect([typeof at, typeof id]).toEqual(['number', 'string']);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
        },
      ),
      { seed: 7 },
    );
    expect(() => decodePosition('bm9uc2Vuc2U')).toThrow(UserError);
  });
});

import fc from 'fast-check';
import { signToken, tokenKeyOf, verifyToken } from './link.token';

const key = tokenKeyOf('a secret of the server that is long enough');
const older = tokenKeyOf('the secret of last year, long enough too', '0');
const subject = '01981c1e-6f5e-7d3c-8f0a-2b7f5f9a1c11';

describe('the token in a link', () => {
  it('gives back what was signed', () => {
    const token = signToken(key, 'unsubscribe', subject);

    expect(verifyToken([key], 'unsubscribe', token)).toBe(subject);
    expect(token).toMatch(/^1\.[\w-]+\.[\w-]{43}$/);
  });

  it('is worth nothing for another purpose', () => {
    const token = signToken(key, 'open', subject);

    expect(verifyToken([key], 'open', token)).toBe(subject);
    expect(verifyToken([key], 'unsubscribe', token)).toBeNull();
    expect(verifyToken([key], 'click', token)).toBeNull();
  });

  it('stays good while a new key signs, and only while its key is known', () => {
    const token = signToken(older, 'unsubscribe', subject);

    expect(verifyToken([key, older], 'unsubscribe', token)).toBe(subject);
    expect(verifyToken([key], 'unsubscribe', token)).toBeNull();
  });

  it('of one server is worth nothing on another', () => {
    const token = signToken(tokenKeyOf('the secret of another server altogether'), 'unsubscribe', subject);

    expect(verifyToken([key], 'unsubscribe', token)).toBeNull();
  });

  it('T8: fails with any one bit of it turned', () => {
    const token = Buffer.from(signToken(key, 'unsubscribe', subject), 'latin1');
    for (let bit = 0; bit < token.length * 8; bit += 1) {
      const turned = Buffer.from(token);
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verifyToken([key], 'unsubscribe', turned.toString('latin1'))).toBeNull();
    }
  });

  it('fails cut short, drawn out, padded, or made up', () => {
    const token = signToken(key, 'unsubscribe', subject);
    const wrong = ['', '.', '..', '1..', token.slice(0, -1), `${token}=`, `${token}.x`, ` ${token}`, token.repeat(50)];

    for (const attempt of [...wrong, '__proto__.a.b', `1.${token.split('.')[1]}.`]) {
      expect(verifyToken([key], 'unsubscribe', attempt)).toBeNull();
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (made) => {
        expect(verifyToken([key], 'unsubscribe', made)).toBeNull();
      }),
      { seed: 7 },
    );
  });
});

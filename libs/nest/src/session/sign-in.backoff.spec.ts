import { SignInBackoff } from './sign-in.backoff';

const second = 1_000;

function after(failures: number): SignInBackoff {
  const backoff = new SignInBackoff();
  for (let i = 0; i < failures; i += 1) backoff.note('ann@acme.test', '1.2.3.4', 0);
  return backoff;
}

describe('back-off after wrong passwords', () => {
  it('lets people mistype a few times', () => {
    expect(() => after(4).refuse('ann@acme.test', '1.2.3.4', 0)).not.toThrow();
  });

  it('makes the sixth try wait and doubles the wait from there', () => {
    expect(() => after(5).refuse('ann@acme.test', '1.2.3.4', 0)).toThrow(
      expect.objectContaining({ retryAfterSeconds: 1 }),
    );
    expect(() => after(8).refuse('ann@acme.test', '1.2.3.4', 0)).toThrow(
      expect.objectContaining({ retryAfterSeconds: 8 }),
    );
    expect(() => after(8).refuse('ann@acme.test', '1.2.3.4', 8 * second)).not.toThrow();
  });

  it('locks an account for a quarter of an hour after twenty wrong tries', () => {
    expect(() => after(20).refuse('ann@acme.test', '1.2.3.4', 14 * 60 * second)).toThrow(
      expect.objectContaining({ status: 429 }),
    );
    expect(() => after(20).refuse('ann@acme.test', '1.2.3.4', 16 * 60 * second)).not.toThrow();
  });

  it('lets the owner in from elsewhere while a stranger guesses', () => {
    expect(() => after(20).refuse('ann@acme.test', '5.6.7.8', 0)).not.toThrow();
  });

  it('slows an address that tries many accounts', () => {
    const backoff = new SignInBackoff();
    for (let i = 0; i < 60; i += 1) backoff.note(`user${i}@acme.test`, '1.2.3.4', 0);
    expect(() => backoff.refuse('fresh@acme.test', '1.2.3.4', 0)).toThrow();
  });

  it('forgets the wrong tries once the right password came', () => {
    const backoff = after(4);
    backoff.clear('ann@acme.test', '1.2.3.4');
    backoff.note('ann@acme.test', '1.2.3.4', 0);
    expect(() => backoff.refuse('ann@acme.test', '1.2.3.4', 0)).not.toThrow();
  });
});

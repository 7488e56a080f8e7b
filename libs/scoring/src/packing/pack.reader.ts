import { digitAt, MORE } from './digits';
import { PACK_FORM } from './pack.writer';

/** Reads what a `PackWriter` wrote, in the order in which it was written. Throws RangeError for a text of another form. */
export class PackReader {
  readonly #digits: string;
  readonly #names: readonly string[];
  #nextDigit = 0;
  #nextName = 0;

  constructor(text: string) {
    const packed: [form: number, digits: string, names: string[]] = JSON.parse(text);
    if (packed[0] !== PACK_FORM) throw new RangeError(`This is not the stored form ${PACK_FORM}: ${text.slice(0, 40)}`);
    this.#digits = packed[1];
    this.#names = packed[2];
  }

  takeName(): string {
    const name = this.#names[this.#nextName];
    if (name === undefined) throw new RangeError('The stored form ends early.');
    this.#nextName += 1;
    return name;
  }

  takeNameOrNull(): string | null {
    return this.take() === 0 ? null : this.takeName();
  }

  takeFive(): number {
    const text = this.#digits;
    const next = this.#nextDigit;
    this.#nextDigit = next + 5;
    return (
      digitAt(text, next) |
      (digitAt(text, next + 1) << 6) |
      (digitAt(text, next + 2) << 12) |
      (digitAt(text, next + 3) << 18) |
      (digitAt(text, next + 4) << 24)
    );
  }

  take(): number {
    let value = 0;
    for (let scale = 1; ; scale *= MORE) {
      const digit = digitAt(this.#digits, this.#nextDigit);
      this.#nextDigit += 1;
      if (digit < MORE) return value + digit * scale;
      value += (digit - MORE) * scale;
    }
  }

  takeSigned(): number {
    return signedOf(this.take());
  }

  takeSignedOrNull(): number | null {
    const next = this.take();
    return next === 0 ? null : signedOf(next - 1);
  }
}

function signedOf(twice: number): number {
  const half = Math.floor(twice / 2);
  return half * 2 === twice ? half : -half - 1;
}

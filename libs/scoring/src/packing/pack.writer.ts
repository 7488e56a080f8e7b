import { codeOfDigit, FIVE_DIGITS, MORE, SIGNS } from './digits';

/** The form of what is written, for readers to tell it from any other. */
export const PACK_FORM = 2;

/** Twice as much and one more is still exact in a double. */
const MOST_SIGNED = 2 ** 51;

/**
 * Writes numbers and names one after another into a compact text (JSON): whole numbers as base64 digits, names as they
 * are. A `PackReader` gives them back when asked in the same order.
 */
export class PackWriter {
  #digits = '';
  readonly #names: string[] = [];

  /** What was written, as JSON `[form, digits, names]`. */
  text(): string {
    return JSON.stringify([PACK_FORM, this.#digits, this.#names]);
  }

  putName(name: string): void {
    this.#names.push(name);
  }

  putNameOrNull(name: string | null): void {
    this.put(name === null ? 0 : 1);
    if (name !== null) this.putName(name);
  }

  /** A whole number from 0 and below 2^30, always five digits. */
  putFive(value: number): void {
    if (!Number.isInteger(value)) throw notPackable(value);
    this.#digits += String.fromCharCode(
      codeOfDigit(value & 63),
      codeOfDigit((value >> 6) & 63),
      codeOfDigit((value >> 12) & 63),
      codeOfDigit((value >> 18) & 63),
      codeOfDigit((value >> 24) & 63),
    );
  }

  /** A whole number from 0 up, exact wherever a double is: five bits a digit, the lowest first (LEB128). */
  put(value: number): void {
    if (!Number.isInteger(value) || value < 0) throw notPackable(value);
    let rest = value;
    while (rest >= FIVE_DIGITS) {
      // Thirty bits at a time: steps of an integer cost a tenth of remainders of a double.
      const low = rest % FIVE_DIGITS;
      rest = (rest - low) / FIVE_DIGITS;
      for (let shift = 0; shift < 30; shift += 5) this.#digits += SIGNS.charAt(((low >> shift) & (MORE - 1)) | MORE);
    }
    let small = rest | 0;
    for (; small >= MORE; small >>= 5) this.#digits += SIGNS.charAt((small & (MORE - 1)) | MORE);
    this.#digits += SIGNS.charAt(small);
  }

  /** A whole number of at most 2^51 either way: twice its magnitude, odd if it is negative. */
  putSigned(value: number): void {
    this.put(unsignedOf(value));
  }

  putSignedOrNull(value: number | null): void {
    this.put(value === null ? 0 : unsignedOf(value) + 1);
  }
}

function unsignedOf(value: number): number {
  if (!Number.isInteger(value) || Math.abs(value) > MOST_SIGNED) throw notPackable(value);
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function notPackable(value: number): RangeError {
  return new RangeError(`Only whole numbers can be packed, not ${value}.`);
}

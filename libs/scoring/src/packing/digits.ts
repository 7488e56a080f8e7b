/** Sixty-four signs that need no escape in JSON: base64url (RFC 4648, § 5). */
export const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const codes = Uint8Array.from(SIGNS, (sign) => sign.charCodeAt(0));
const digits = new Uint8Array(128);
codes.forEach((code, digit) => {
  digits[code] = digit;
});

/** A number of variable length has five bits a digit; this one says that there is a further digit. */
export const MORE = 32;

/** The bits of a number of five digits, and the least number that has more. */
export const FIVE_DIGITS = 2 ** 30;

/** Character code of a digit 0–63. */
export function codeOfDigit(digit: number): number {
  return codes[digit] ?? 0;
}

/** The digit at a place of a text; 0 beyond its end. */
export function digitAt(text: string, index: number): number {
  return digits[text.charCodeAt(index)] ?? 0;
}

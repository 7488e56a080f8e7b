const buffer = new DataView(new ArrayBuffer(8));

const bitsOf = (value: number): bigint => {
  buffer.setFloat64(0, value);
  return buffer.getBigInt64(0);
};

/** The doubles in order: 0 is the number 0, ±1 the smallest numbers beside it. */
const doubleAt = (position: bigint): number => {
  buffer.setBigInt64(0, position < 0n ? -position : position);
  return position < 0n ? -buffer.getFloat64(0) : buffer.getFloat64(0);
};

/**
 * The least finite double for which a condition holds that, once true, stays true for all greater numbers; the
 * greatest double if it holds for none. At most 64 trials, exact to the last bit.
 */
export const leastDoubleWhere = (holds: (value: number) => boolean): number => {
  let high = bitsOf(Number.MAX_VALUE);
  let low = -high;
  while (low < high) {
    const middle = (low + high) >> 1n;
    if (holds(doubleAt(middle))) high = middle;
    else low = middle + 1n;
  }
  return doubleAt(low);
};

/**
 * Rounds shares so that what is shown adds up to the shown total (largest remainder).
 * `digits` decimals; the total is the rounded sum of the exact values.
 */
export function roundToTotal(values: readonly number[], digits: number): { shares: number[]; total: number } {
  const scale = 10 ** digits;
  const total = Math.round(values.reduce((sum, value) => sum + value, 0) * scale) + 0;
  const floors = values.map((value) => Math.floor(value * scale));
  const missing = total - floors.reduce((sum, value) => sum + value, 0);
  const byRemainder = values
    .map((value, index) => ({ index, remainder: value * scale - (floors[index] ?? 0) }))
    .sort((left, right) => right.remainder - left.remainder || left.index - right.index)
    .slice(0, Math.max(0, missing));
  for (const { index } of byRemainder) floors[index] = (floors[index] ?? 0) + 1;
  return { shares: floors.map((value) => value / scale + 0), total: total / scale };
}

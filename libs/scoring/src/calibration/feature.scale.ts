/** Numbers of one lead, in the order of the features. */
export type FeatureVector = readonly number[];

/** Mean and standard deviation of each feature, by which columns of any unit become comparable. */
export interface FeatureScale {
  means: number[];
  /** 0 for a feature that never varies. */
  deviations: number[];
}

/** The scale of these rows. A spread that is only rounding counts as none. */
export function scaleOf(rows: readonly FeatureVector[]): FeatureScale {
  const columns = rows[0]?.length ?? 0;
  const means: number[] = [];
  const deviations: number[] = [];
  for (let column = 0; column < columns; column += 1) {
    const mean = rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + ((row[column] ?? 0) - mean) ** 2, 0) / rows.length;
    const deviation = Math.sqrt(variance);
    means.push(mean);
    deviations.push(deviation <= 1e-9 * Math.abs(mean) ? 0 : deviation);
  }
  return { means, deviations };
}

/** The rows standardised, with a leading constant 1; a feature without spread becomes 0 throughout. */
export function designOf(rows: readonly FeatureVector[], { means, deviations }: FeatureScale): FeatureVector[] {
  return rows.map((row) => [
    1,
    ...row.map((value, column) => {
      const deviation = deviations[column] ?? 0;
      return deviation === 0 ? 0 : (value - (means[column] ?? 0)) / deviation;
    }),
  ]);
}

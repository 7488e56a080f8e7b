import fc from 'fast-check';

/** For properties that cost much: this share of the examples that `tools/jest/property.setup.cjs` sets, at least one. */
export const fewerRuns = (divisor: number): number => Math.ceil((fc.readConfigureGlobal().numRuns ?? 1_000) / divisor);

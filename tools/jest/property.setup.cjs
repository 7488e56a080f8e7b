// How many examples every property test draws unless it says otherwise: more in `npm run check:full`. Seeds are pinned in
// the specs, so that both runs are the same on every machine.
const fc = require('fast-check');

fc.configureGlobal({ numRuns: process.env.CHECK_FULL ? 10_000 : 1_000 });

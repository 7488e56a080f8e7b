// `npm test`: installs what is missing, then runs all unit, property and database tests. No browser, no other server.
import { ensureInstalled } from './ensure-installed.mjs';
import { runBin } from './run/command.mjs';
import { clearResults, countsOf } from './run/test-results.mjs';

await ensureInstalled();
clearResults();
const args = ['run-many', '--target', 'test', 'db', '--parallel', '2', ...process.argv.slice(2)];
const code = await runBin('nx', args);
const [unit, database] = [countsOf('test'), countsOf('db')];
const failed = unit.failed + database.failed;
process.stdout.write(`\n${unit.passed + database.passed} passed, ${failed || code} failed\n`);
process.exitCode = code || (failed > 0 ? 1 : 0);

// Lints the whole workspace in the current folder through ESLint's API and prints what was found as JSON.
import { relative } from 'node:path';
import { ESLint } from 'eslint';
import { housePlugin } from './plugin.mjs';

const cwd = process.cwd();
const results = await new ESLint({ cwd }).lintFiles(['libs', 'apps']);
const files = results.map(({ filePath, messages }) => ({
  path: relative(cwd, filePath),
  messages: messages.map(({ ruleId, message }) => ({ ruleId, message })),
}));
process.stdout.write(JSON.stringify({ files, houseRules: Object.keys(housePlugin.rules) }));

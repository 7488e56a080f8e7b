import { readFileSync } from 'node:fs';
import { recordedPath } from '@rekindle/testing';
import { parse } from 'csv-parse/sync';
import type { Outcome } from './lead.outcome';
import type { WeightFeature } from './weights.draft';

/** A line of the file, column by column, as text. */
export type EducationRow = Readonly<Record<string, string>>;

/**
 * Which columns were there before the decision. The file has no instants, so the choice of columns is what stands
 * between the fit and the answer; a column that could not be placed is excluded.
 *
 * Used: what the site itself records when a lead comes in (origin, source, consent to mail, the free copy asked for),
 * what the visitor did there (visits, time, pages), and whether the landing page's form named a field of study.
 *
 * Excluded because a seller writes it while or after working the lead: `Tags`, `Lead Quality`, `Lead Profile`,
 * `Last Notable Activity`. `Last Activity` holds the state at export, sellers' acts among it (`SMS Sent`,
 * `Had a Phone Conversation`). `What is your current occupation`, `What matters most to you…` and
 * `How did you hear…` sound like a form, but are blank on nearly the very leads whose `Lead Profile` is blank: they were
 * filled in by whoever worked the lead, and being filled in at all is half the answer.
 * Excluded because they are the rival: the four `Asymmetrique` columns. Excluded as (nearly) constant: `Do Not Call` and
 * the channels such as `Newspaper`. Excluded as an identifier: `Prospect ID` and `Lead Number`, whose order is time.
 *
 * What remains in doubt: visits, time and consent are as of the export and may contain what came after the decision, and
 * `Lead Add Form` leads are entered by staff. The rival's indices share the first doubt; the test shows the result
 * without the second.
 */
export const educationFeatures: readonly (WeightFeature & { of: (row: EducationRow) => number })[] = [
  criterion('origin-landing-page', (row) => says(row, 'Lead Origin', 'landing page submission')),
  criterion('origin-add-form', (row) => says(row, 'Lead Origin', 'lead add form')),
  criterion('source-google', (row) => says(row, 'Lead Source', 'google')),
  criterion('source-direct', (row) => says(row, 'Lead Source', 'direct traffic')),
  criterion('source-chat', (row) => says(row, 'Lead Source', 'olark chat')),
  criterion('source-organic', (row) => says(row, 'Lead Source', 'organic search')),
  criterion('source-reference', (row) => says(row, 'Lead Source', 'reference')),
  criterion('source-partner-site', (row) => says(row, 'Lead Source', 'welingak website')),
  criterion('source-referral', (row) => says(row, 'Lead Source', 'referral sites')),
  criterion('no-mail-wanted', (row) => says(row, 'Do Not Email', 'yes')),
  criterion('study-named', (row) => Number(known(row['Specialization']) !== null)),
  signal('free-copy', (row) => says(row, 'A free copy of Mastering The Interview', 'yes')),
  signal('came-to-site', (row) => Number(numberIn(row, 'TotalVisits') > 0)),
  signal('site-visit', (row) => Math.min(10, numberIn(row, 'TotalVisits'))),
  signal('pages-per-visit', (row) => Math.min(10, numberIn(row, 'Page Views Per Visit'))),
  signal('site-hour', (row) => numberIn(row, 'Total Time Spent on Website') / 3_600),
];

/** The 9,240 leads, or null where the file is missing. The trailing column has no name and nothing in it. */
export function readEducationLeads(): EducationRow[] | null {
  const path = recordedPath('leads/x_education_leads.csv');
  if (path === null) return null;
  const rows: EducationRow[] = parse(readFileSync(path), { columns: true, skip_empty_lines: true });
  return rows;
}

/** What a cell says; null where it is blank or `Select`, the form's way of saying nothing. */
export function known(cell: string | undefined): string | null {
  const text = cell?.trim() ?? '';
  return text === '' || text.toLowerCase() === 'select' ? null : text;
}

/** `Converted` is 1 or 0. */
export function outcomeOf(row: EducationRow): Outcome {
  const cell = known(row['Converted']);
  return cell === '1' ? 'won' : cell === '0' ? 'lost' : 'unknown';
}

/** The rival's level of an index: 3 high, 2 medium, 1 low (`01.High` … `03.Low`); null: unknown. */
export function levelOf(row: EducationRow, index: 'Activity' | 'Profile'): number | null {
  const cell = known(row[`Asymmetrique ${index} Index`]);
  return cell === null ? null : 4 - Number(cell.slice(0, 2));
}

/** All features of a lead by their key. */
export function educationNumbers(row: EducationRow): Record<string, number> {
  return Object.fromEntries(educationFeatures.map(({ key, of }) => [key, of(row)]));
}

function says(row: EducationRow, column: string, value: string): number {
  return Number(known(row[column])?.toLowerCase() === value);
}

function numberIn(row: EducationRow, column: string): number {
  return Number(known(row[column]) ?? 0);
}

function criterion(key: string, of: (row: EducationRow) => number): WeightFeature & { of: typeof of } {
  return { target: 'criterion', key, of };
}

function signal(key: string, of: (row: EducationRow) => number): WeightFeature & { of: typeof of } {
  return { target: 'signal', key, of };
}

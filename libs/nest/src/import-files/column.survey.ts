import type { CellType } from '@rekindle/contracts';
import { typeOfCells } from './cell.types';
import type { FileRow } from './file.row';

const MOST_DISTINCT = 200;
const EXAMPLES = 3;
const unknownWords = new Set(
  'select|n/a|na|#n/a|null|none|nil|unknown|undefined|nan|-|--|?|(blank)|(none)|not available'.split('|'),
);

/** What the first rows show of a column. */
export interface ColumnSurvey {
  name: string;
  type: CellType;
  examples: string[];
  isEmpty: boolean;
  /** Words that seem to mean "not known". */
  unknown: string[];
  /** Cells that differ from a commoner one in case or blanks alone. */
  spellings: { from: string; to: string }[];
  /** Cells that are known, up to some hundred different ones. */
  known: string[];
}

/** A cell as text, as people see it. */
export function textOfCell(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell).trim();
}

function spellingsOf(counts: ReadonlyMap<string, number>): { from: string; to: string }[] {
  if (counts.size > MOST_DISTINCT) return [];
  const best = new Map<string, string>();
  const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
  for (const [text, count] of counts) {
    const chosen = best.get(folded(text));
    if (chosen === undefined || count > (counts.get(chosen) ?? 0)) best.set(folded(text), text);
  }
  return [...counts.keys()].flatMap((from) => {
    const to = best.get(folded(from)) ?? from;
    return to === from ? [] : [{ from, to }];
  });
}

function surveyOf(name: string, counts: ReadonlyMap<string, number>): ColumnSurvey {
  const unknown = [...counts.keys()].filter((text) => unknownWords.has(text.toLowerCase()));
  const known = [...counts.keys()].filter((text) => !unknown.includes(text));
  const isEmpty = known.length === 0;
  const examples = known.slice(0, EXAMPLES).map((text) => text.slice(0, 80));
  const knownCounts = new Map(known.map((text) => [text, counts.get(text) ?? 0]));
  return { name, type: typeOfCells(known), examples, isEmpty, unknown, spellings: spellingsOf(knownCounts), known };
}

/** Looks through the first rows of a file, column by column. */
export function surveyColumns(columns: readonly string[], rows: readonly FileRow[]): ColumnSurvey[] {
  return columns.map((name) => {
    const counts = new Map<string, number>();
    for (const { cells, problem } of rows) {
      const text = problem === undefined ? textOfCell(cells[name]) : '';
      if (text !== '' && (counts.size <= 10 * MOST_DISTINCT || counts.has(text))) {
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
    }
    return surveyOf(name, counts);
  });
}

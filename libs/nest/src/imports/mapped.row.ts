import type { CellType, ImportMapping } from '@rekindle/contracts';
import { dateOf, flagOf, numberOf } from '../import-files/cell.types';
import type { Cells } from '../import-files/file.row';

/** Why a row cannot be imported, in words for people. */
export class RowRefusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A row after its mapping: fields by name, traits or properties by key. Cells that are not known are absent. */
export interface MappedRow {
  fields: Record<string, unknown>;
  bag: Record<string, unknown>;
}

type Reader = (cell: unknown, mapping: ImportMapping) => unknown;

const readers: Record<CellType, { read: Reader; words: string }> = {
  text: { read: (cell) => (typeof cell === 'string' ? cell.trim() : cell), words: 'a text' },
  number: { read: numberOf, words: 'a number' },
  flag: { read: flagOf, words: 'yes or no' },
  date: { read: (cell, { dateOrder }) => dateOf(cell, dateOrder), words: 'a date' },
};

interface CompiledColumn {
  column: string;
  target: string;
  key: string | null;
  type: CellType;
  replacements: ReadonlyMap<string, string>;
}

/** Applies a mapping to row after row. */
export class RowMapper {
  private readonly columns: readonly CompiledColumn[];
  private readonly unknown: ReadonlySet<string>;

  constructor(private readonly mapping: ImportMapping) {
    this.unknown = new Set(mapping.unknownValues.map((word) => word.trim().toLowerCase()));
    this.columns = mapping.columns.flatMap(({ column, target, type }) => {
      if (target === null) return [];
      const own = mapping.replacements.filter((each) => each.column === column);
      const replacements = new Map(own.map(({ from, to }) => [from, to]));
      const key = /^(?:trait|property):(.+)$/.exec(target)?.[1] ?? null;
      return [{ column, target, key, type, replacements }];
    });
  }

  /** @throws RowRefusal `not_a_number`, `not_a_flag`, `not_a_date` */
  map(cells: Cells): MappedRow {
    const { event, outcome, at } = this.mapping.constants;
    const fields: Record<string, unknown> = { event, outcome, at };
    const bag: Record<string, unknown> = {};
    for (const column of this.columns) {
      const value = this.read(column, cells[column.column]);
      if (value === undefined) continue;
      if (column.key === null) fields[column.target] = value;
      else bag[column.key] = value;
    }
    return { fields, bag };
  }

  private read({ column, type, replacements }: CompiledColumn, cell: unknown): unknown {
    const trimmed = typeof cell === 'string' ? cell.trim() : cell;
    const known = typeof trimmed === 'string' ? (replacements.get(trimmed) ?? trimmed) : trimmed;
    if (this.isUnknown(known)) return undefined;
    const { read, words } = readers[type];
    const value = read(known, this.mapping);
    if (value !== null && value !== undefined) return value;
    const shown = String(known).slice(0, 60);
    throw new RowRefusal(`not_a_${type}`, `“${shown}” in ${column} is not ${words}.`);
  }

  private isUnknown(cell: unknown): boolean {
    if (cell === null || cell === undefined || cell === '') return true;
    return typeof cell === 'string' && this.unknown.has(cell.toLowerCase());
  }
}

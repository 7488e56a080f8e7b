import type { ColumnKind } from '../dialect/dialect';

/** Which columns a row type has and how each one travels. */
export type Columns<Row> = { readonly [Key in keyof Row & string]-?: ColumnKind };

/** A raw row as the driver answers it. */
export type RawRow = Record<string, unknown>;

/** The mapping between one table and its row type; `workspaceId` is never part of a row but always part of the table. */
export interface Table<Row> {
  readonly name: string;
  readonly columns: Columns<Row>;
  /** The columns' names and kinds in the order of every list of them. */
  readonly entries: readonly (readonly [column: keyof Row & string, kind: ColumnKind])[];
  /** Quoted columns for a SELECT or RETURNING list, each prefixed with the alias if one is given. */
  list(alias?: string): string;
  decode(raw: RawRow): Row;
}

const decodeValue = (kind: ColumnKind, value: unknown): unknown => {
  if (value === null || value === undefined) return null;
  if (kind === 'json') return value === '{}' ? {} : JSON.parse(String(value));
  if (kind === 'flag') return Number(value) === 1;
  return kind === 'text' ? String(value) : Number(value);
};

/** Describes a table once; statements and decoding derive from it. */
export const defineTable = <Row extends object>(name: string, columns: Columns<Row>): Table<Row> => {
  const entries = Object.entries<ColumnKind>(columns) as [keyof Row & string, ColumnKind][];
  return {
    name,
    columns,
    entries,
    list: (alias) => entries.map(([column]) => (alias ? `${alias}."${column}"` : `"${column}"`)).join(', '),
    decode: (raw) => {
      const row: RawRow = {};
      for (const [column, kind] of entries) row[column] = decodeValue(kind, raw[column]);
      return row as Row;
    },
  };
};

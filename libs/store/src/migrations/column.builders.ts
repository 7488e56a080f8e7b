import type { TableColumnOptions } from 'typeorm';

interface ColumnOptions {
  isPrimary?: boolean;
  isNullable?: boolean;
  default?: string;
}

const column =
  (type: string) =>
  (name: string, options: ColumnOptions = {}): TableColumnOptions => ({ name, type, ...options });

// Type names that SQLite (by affinity) and PostgreSQL understand alike, so that one migration serves both.

/** Text, ids and JSON documents. */
export const text = column('text');
/** An instant in epoch milliseconds. */
export const instant = column('bigint');
/** A small whole number, or a flag (0 or 1). */
export const whole = column('integer');
/** A 64-bit floating-point number. */
export const real = column('double precision');

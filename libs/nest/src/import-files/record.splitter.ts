import { UserError } from '@rekindle/contracts';

/** Longest row, in characters. */
export const MOST_ROW_LENGTH = 64 * 1024;
/** Open quotes a file may have; each costs a second look at what follows. */
const MOST_OPEN_QUOTES = 500;

/** The text of one row and the line (from 1) it begins on; `code` says why it is none. */
export interface RawRow {
  line: number;
  text: string;
  code?: 'open_quote' | 'row_too_long';
}

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** Where in a row the splitter is: at the start of a cell, in a plain one, in a quoted one, behind a closing quote. */
type Place = 'start' | 'plain' | 'quoted' | 'closed';

function placeAfter(place: Place, code: number, delimiter: number): Place {
  if (place === 'quoted') return code === QUOTE ? 'closed' : 'quoted';
  if (code === delimiter) return 'start';
  if (code === QUOTE && place !== 'plain') return 'quoted';
  return 'plain';
}

/**
 * Cuts text that arrives in pieces into rows, at line ends of any kind that are not inside quotes. A quote that never
 * closes spoils its own line alone: reading goes on with the next one. Holds one row and one piece at most.
 */
export class RecordSplitter {
  private buffer = '';
  private position = 0;
  private place: Place = 'start';
  private line = 1;
  private rowLine = 1;
  private isSkipping = false;
  private openQuotes = 0;
  private rows: RawRow[] = [];
  private readonly delimiter: number;

  /** Quotes count only where a delimiter is given. */
  constructor(delimiter: string | null) {
    this.delimiter = delimiter === null ? -1 : delimiter.charCodeAt(0);
  }

  /**
   * The rows that are complete now.
   * @throws UserError `open_quotes` when too many quotes never close
   */
  push(text: string): RawRow[] {
    this.buffer += text;
    this.scan(false);
    if (this.buffer.length > MOST_ROW_LENGTH) this.giveUpRow();
    return this.taken();
  }

  /** What is left at the end of the file. */
  end(): RawRow[] {
    this.scan(true);
    while (this.place === 'quoted') {
      this.reopen();
      this.scan(true);
    }
    if (this.buffer !== '') this.add(this.buffer);
    this.buffer = '';
    return this.taken();
  }

  private taken(): RawRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  private scan(isLast: boolean): void {
    const { buffer } = this;
    let start = 0;
    for (; this.position < buffer.length; this.position += 1) {
      const code = buffer.charCodeAt(this.position);
      if (!this.isRowEnd(code)) {
        if (this.isLateText(code)) return this.rescan(start, isLast);
        continue;
      }
      if (code === CR && this.position + 1 === buffer.length && !isLast) break;
      this.endRow(buffer.slice(start, this.position));
      if (code === CR && buffer.charCodeAt(this.position + 1) === LF) this.position += 1;
      start = this.position + 1;
    }
    this.buffer = buffer.slice(start);
    this.position -= start;
  }

  private isRowEnd(code: number): boolean {
    return this.place !== 'quoted' && (code === LF || code === CR);
  }

  /** Steps over one character of a row; true for text behind a quote that closes lines after it was opened. */
  private isLateText(code: number): boolean {
    if (code === LF) this.line += 1;
    if (this.delimiter === -1) return false;
    const before = this.place;
    this.place = placeAfter(before, code, this.delimiter);
    return before === 'closed' && this.place === 'plain' && this.line > this.rowLine;
  }

  private endRow(text: string): void {
    this.add(text);
    this.line += 1;
    this.rowLine = this.line;
    this.place = 'start';
  }

  /** Text behind a closing quote that was opened lines ago: that was no closing quote but the next one to open. */
  private rescan(start: number, isLast: boolean): void {
    this.buffer = this.buffer.slice(start);
    this.reopen();
    this.scan(isLast);
  }

  private add(text: string): void {
    const line = this.rowLine;
    if (this.isSkipping) this.isSkipping = false;
    else if (text.length > MOST_ROW_LENGTH) this.rows.push({ line, text: text.slice(0, 200), code: 'row_too_long' });
    else if (text.trim() !== '') this.rows.push({ line, text });
  }

  private giveUpRow(): void {
    while (this.place === 'quoted' && this.buffer.length > MOST_ROW_LENGTH) {
      this.reopen();
      this.scan(false);
    }
    if (this.buffer.length <= MOST_ROW_LENGTH) return;
    if (!this.isSkipping) this.rows.push({ line: this.rowLine, text: this.buffer.slice(0, 200), code: 'row_too_long' });
    this.isSkipping = true;
    this.buffer = '';
    this.position = 0;
  }

  /** Reports the first line of the row under way and starts again behind it. */
  private reopen(): void {
    this.openQuotes += 1;
    if (this.openQuotes > MOST_OPEN_QUOTES) {
      throw new UserError('open_quotes', 'The quotes of this file do not match: it may have another delimiter.', {
        status: 422,
      });
    }
    const end = this.buffer.search(/\r\n|\r|\n/);
    const length = end === -1 ? this.buffer.length : end;
    this.rows.push({ line: this.rowLine, text: this.buffer.slice(0, Math.min(length, 200)), code: 'open_quote' });
    const next = this.buffer.startsWith('\r\n', length) ? length + 2 : length + 1;
    this.buffer = this.buffer.slice(next);
    this.rowLine += 1;
    this.line = this.rowLine;
    this.position = 0;
    this.place = 'start';
  }
}

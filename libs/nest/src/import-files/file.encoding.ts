import { UserError, type ImportEncoding } from '@rekindle/contracts';

const HEAD_BYTES = 4_096;

/** What other files begin with. */
const magics: readonly { bytes: string; name: string }[] = [
  { bytes: '504b0304', name: 'a zip archive or an Excel workbook' },
  { bytes: '504b0506', name: 'a zip archive' },
  { bytes: 'd0cf11e0', name: 'an old Excel workbook' },
  { bytes: '1f8b', name: 'a gzip archive' },
  { bytes: '425a68', name: 'a bzip2 archive' },
  { bytes: '28b52ffd', name: 'a zstd archive' },
  { bytes: 'fd377a585a', name: 'an xz archive' },
  { bytes: '377abcaf', name: 'a 7z archive' },
  { bytes: '25504446', name: 'a PDF' },
  { bytes: '4d5a', name: 'a program' },
  { bytes: '7f454c46', name: 'a program' },
  { bytes: '53514c697465', name: 'a database' },
  { bytes: '50415231', name: 'a Parquet file' },
];

function notATable(what: string): UserError {
  return new UserError('not_a_table', `The file is ${what}. Export it as CSV (UTF-8) or NDJSON, not compressed.`, {
    status: 415,
  });
}

function zerosAt(head: Buffer, parity: 0 | 1): number {
  let zeros = 0;
  for (let index = parity; index < head.length; index += 2) if (head[index] === 0) zeros += 1;
  return zeros;
}

/** UTF-16 without a mark: text of our kind has a zero in nearly every second byte. */
function wideEncodingOf(head: Buffer): ImportEncoding | null {
  const half = head.length / 2;
  if (half < 4) return null;
  if (zerosAt(head, 1) > half * 0.4 && zerosAt(head, 0) < half * 0.05) return 'utf-16le';
  if (zerosAt(head, 0) > half * 0.4 && zerosAt(head, 1) < half * 0.05) return 'utf-16be';
  return null;
}

/** Looks at the bytes of a file as they pass and tells afterwards what they are. */
export class EncodingDetector {
  private head = Buffer.alloc(0);
  private readonly strict = new TextDecoder('utf-8', { fatal: true });
  private isUtf8 = true;

  take(piece: Buffer): void {
    if (this.head.length < HEAD_BYTES) this.head = Buffer.concat([this.head, piece]).subarray(0, HEAD_BYTES);
    this.decode(piece, true);
  }

  /**
   * The encoding: by its mark, as UTF-8 if all of the file is, else as Windows-1252, of which Latin-1 is a part.
   * @throws UserError `not_a_table` (415) for archives, workbooks, programs, pages; `empty_file` (422)
   */
  encoding(): ImportEncoding {
    const { head } = this;
    if (head.length === 0) throw new UserError('empty_file', 'The file is empty.', { status: 422 });
    const hex = head.subarray(0, 8).toString('hex');
    const magic = magics.find(({ bytes }) => hex.startsWith(bytes));
    if (magic) throw notATable(magic.name);
    if (hex.startsWith('fffe')) return 'utf-16le';
    if (hex.startsWith('feff')) return 'utf-16be';
    const wide = wideEncodingOf(head);
    if (wide) return wide;
    if (head.includes(0)) throw notATable('not text');
    if (/^(\ufeff|\s)*<(!doctype|html|\?xml)/i.test(head.toString('utf8'))) throw notATable('a web page or XML');
    this.decode(Buffer.alloc(0), false);
    return this.isUtf8 ? 'utf-8' : 'windows-1252';
  }

  private decode(piece: Buffer, isMore: boolean): void {
    if (!this.isUtf8) return;
    try {
      this.strict.decode(piece, { stream: isMore });
    } catch {
      this.isUtf8 = false;
    }
  }
}

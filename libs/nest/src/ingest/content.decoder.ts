import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, type InputType, type ZlibOptions } from 'node:zlib';
import { UserError } from '@rekindle/contracts';
import { MOST_BODY_BYTES, tooLarge } from './body.limits';

type Headers = Record<string, string | string[] | undefined>;
type Inflate = (bytes: InputType, options: ZlibOptions) => Promise<Buffer>;

const byCoding: Record<string, Inflate> = {
  gzip: promisify<InputType, ZlibOptions, Buffer>(gunzip),
  zlib: promisify<InputType, ZlibOptions, Buffer>(inflate),
  raw: promisify<InputType, ZlibOptions, Buffer>(inflateRaw),
  br: promisify<InputType, ZlibOptions, Buffer>((bytes, options, done) =>
    brotliDecompress(bytes, { maxOutputLength: options.maxOutputLength ?? MOST_BODY_BYTES }, done),
  ),
};

const OPEN_BRACE = 0x7b;
const WHITE_SPACE = new Set([0x20, 0x09, 0x0a, 0x0d]);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** An object in plain JSON, whatever the label says. A byte order mark may stand in front. */
function looksLikeJson(bytes: Buffer): boolean {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (start < bytes.length && WHITE_SPACE.has(bytes[start] ?? 0)) start += 1;
  return bytes[start] === OPEN_BRACE;
}

function codingOf(bytes: Buffer, label: string): string | null {
  if (isGzip(bytes)) return 'gzip';
  if (looksLikeJson(bytes) || label === '' || label === 'identity') return null;
  if (label === 'deflate') return ((bytes[0] ?? 0) & 0x0f) === 8 ? 'zlib' : 'raw';
  if (label === 'gzip' || label === 'x-gzip') return 'gzip';
  return label;
}

async function decompress(bytes: Buffer, coding: string): Promise<Buffer> {
  const inflater = Object.hasOwn(byCoding, coding) ? byCoding[coding] : undefined;
  if (!inflater)
    throw new UserError('unsupported_encoding', 'Content encodings are gzip, deflate and br.', { status: 415 });
  try {
    return await inflater(bytes, { maxOutputLength: MOST_BODY_BYTES });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new UserError('invalid_encoding', `The body is not valid ${coding}.`, { cause });
  }
}

function refuseCharset(headers: Headers): void {
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(String(headers['content-type'] ?? ''))?.[1]?.toLowerCase();
  if (charset === undefined || charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii') return;
  throw new UserError('unsupported_charset', 'Bodies are UTF-8.', { status: 415 });
}

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new UserError('invalid_utf8', 'The body is not valid UTF-8.', { cause });
  }
}

/** Text of a body: one compression undone (found by content first, by label second), strict UTF-8, no byte order mark. */
export async function contentOf(bytes: Buffer, headers: Headers): Promise<string> {
  refuseCharset(headers);
  if (bytes.length > MOST_BODY_BYTES) throw tooLarge();
  const label = String(headers['content-encoding'] ?? '')
    .trim()
    .toLowerCase();
  const coding = codingOf(bytes, label);
  if (coding === null) return textOf(bytes);
  const plain = await decompress(bytes, coding);
  if (isGzip(plain)) throw new UserError('unsupported_encoding', 'The body is compressed twice.', { status: 415 });
  return textOf(plain);
}

import type { Readable } from 'node:stream';
import { UserError } from '@rekindle/contracts';
import { MOST_BODY_BYTES, tooLarge } from './body.limits';
import { parseObject } from './body.parser';
import { contentOf } from './content.decoder';

interface HttpRequest {
  headers: Record<string, string | string[] | undefined>;
  body?: unknown;
  rawBody?: unknown;
  /** Fastify keeps Node's own request here. */
  raw?: Readable;
}

function collect(stream: Readable, mostBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= mostBytes) {
        chunks.push(chunk);
        return;
      }
      stream.off('data', take);
      stream.pause();
      reject(tooLarge(mostBytes));
    };
    const abort = (cause?: unknown): void => {
      if (!stream.readableEnded) reject(new UserError('body_aborted', 'The body ended too early.', { cause }));
    };
    stream.on('data', take);
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', abort);
    stream.on('close', abort);
  });
}

function bytesOf(request: HttpRequest, mostBytes: number): Buffer | Promise<Buffer> | null {
  for (const candidate of [request.rawBody, request.body]) {
    if (candidate instanceof Uint8Array)
      return Buffer.from(candidate.buffer, candidate.byteOffset, candidate.byteLength);
    if (typeof candidate === 'string') return Buffer.from(candidate, 'utf8');
  }
  const stream = request.raw ?? (request as unknown as Readable);
  return typeof stream.on === 'function' && !stream.readableEnded ? collect(stream, mostBytes) : null;
}

function refuseDeclaredSize(request: HttpRequest, mostBytes: number): void {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(mostBytes);
}

/** A host's own parser may have built what recursive code cannot walk. */
function textOfParsed(body: unknown): string {
  try {
    return JSON.stringify(body ?? null);
  } catch (cause) {
    throw new UserError('too_deep', 'The body nests too deeply.', { cause });
  }
}

/**
 * The JSON object a request carries, under Fastify and Express alike: from the raw bytes (a Buffer somebody read
 * before us, or the stream), by what the bytes are and not by their label. A body the host has already parsed is
 * taken as it is. Throws a `UserError`: `payload_too_large` 413, `invalid_encoding`, `invalid_utf8`, `too_deep`,
 * `invalid_json` 400, `unsupported_encoding`, `unsupported_charset` 415.
 */
export async function readBody(request: object): Promise<Record<string, unknown>> {
  const http = request as HttpRequest;
  refuseDeclaredSize(http, MOST_BODY_BYTES);
  const bytes = await bytesOf(http, MOST_BODY_BYTES);
  if (bytes === null) return parseObject(textOfParsed(http.body));
  return parseObject(await contentOf(bytes, http.headers));
}

/**
 * The bytes of a body exactly as they came, for those who check a signature over them. Throws a `UserError`:
 * `payload_too_large` 413, `body_aborted` 400; `raw_body_missing` 415 where the host has parsed the body and kept no
 * raw one (Nest's option `rawBody`).
 */
export async function readRawBody(request: object, mostBytes: number): Promise<Buffer> {
  const http = request as HttpRequest;
  refuseDeclaredSize(http, mostBytes);
  const bytes = await bytesOf(http, mostBytes);
  if (bytes === null) {
    throw new UserError('raw_body_missing', 'The body was parsed before its signature could be checked.', {
      status: 415,
    });
  }
  if (bytes.length > mostBytes) throw tooLarge(mostBytes);
  return bytes;
}

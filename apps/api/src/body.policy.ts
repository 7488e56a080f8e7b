import type { Readable } from 'node:stream';
import { UserError } from '@rekindle/nest';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Largest body of a management call, in bytes. */
export const mostApiBytes = 1_048_576;

const tooLarge = (): UserError =>
  new UserError('payload_too_large', `The body is larger than ${mostApiBytes} bytes.`, { status: 413 });

function collect(stream: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostApiBytes) chunks.push(chunk);
      else reject(tooLarge());
    });
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', (cause) => reject(new UserError('body_aborted', 'The body ended too early.', { cause })));
    stream.on('close', () => reject(new UserError('body_aborted', 'The body ended too early.')));
  });
}

function refuseOtherTypes(request: FastifyRequest): void {
  if (/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) return;
  throw new UserError('unsupported_media_type', 'Send application/json.', { status: 415 });
}

async function bodyOf(request: FastifyRequest, payload: Readable): Promise<unknown> {
  if (!(request.routeOptions.url ?? '').startsWith('/api')) return payload;
  if (request.method === 'POST' && request.routeOptions.url === '/api/imports') return payload;
  refuseOtherTypes(request);
  if (Number(request.headers['content-length'] ?? 0) > mostApiBytes) throw tooLarge();
  return collect(payload);
}

/**
 * Replaces Fastify's own body parsers: management calls get their bytes (parsed strictly where they are validated);
 * files to import and everything else get the untouched stream and reads it by what it holds, not by its label.
 */
export function setBodyPolicy(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', bodyOf);
}

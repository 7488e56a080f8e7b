import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import { UserError } from '@rekindle/nest';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

// Addresses that belong to the server, however they are spelt: an unknown one is a 404, never the admin's page.
const serverPaths = /^\/+(api|v1|beacon|sourceconfig|e|c|u|docs|openapi\.json|healthz|readyz)(\/|$)/i;

const missingPage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rekindle</title>
<body><h1>The admin has not been built</h1><p>Run <code>npm run build</code> and reload. The API works; see <a href="/docs">/docs</a>.</p></body></html>`;

function filesIn(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Set(entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')));
}

function pathOf(request: FastifyRequest): string {
  const path = request.url.split('?')[0] ?? '/';
  try {
    return decodeURIComponent(path);
  } catch {
    throw new UserError('bad_request', 'The address is not valid.');
  }
}

/** File names with a hash never change their content. */
const isHashed = (file: string): boolean => file.startsWith('assets/');

function sendPage(reply: FastifyReply, files: Set<string>): FastifyReply {
  reply.header('cache-control', 'no-cache');
  if (!files.has('index.html')) return reply.status(503).type('text/html').send(missingPage);
  return reply.sendFile('index.html', { cacheControl: false });
}

/** Serves the built admin: its files, and its one page for every other address that is not the server's. */
export async function serveAdmin(fastify: FastifyInstance, folder: string): Promise<void> {
  const files = filesIn(folder);
  await fastify.register(fastifyStatic, { root: folder, serve: false });
  fastify.get('/*', (request, reply) => {
    const path = pathOf(request);
    const file = path.slice(1);
    if (serverPaths.test(path) || (isHashed(file) && !files.has(file))) {
      throw new UserError('not_found', 'There is nothing at this address.', { status: 404 });
    }
    if (!files.has(file) || file === 'index.html') return sendPage(reply, files);
    reply.header('cache-control', isHashed(file) ? 'public, max-age=31536000, immutable' : 'no-cache');
    return reply.sendFile(file, { cacheControl: false });
  });
}

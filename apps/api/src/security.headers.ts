import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

const pages = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  // The component libraries of the admin and of the API reference write style elements.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'self'"],
};

function optionsFor(isSecure: boolean, resourcePolicy: 'same-origin' | 'cross-origin'): HelmetOptions {
  return {
    contentSecurityPolicy: { useDefaults: false, directives: pages },
    crossOriginResourcePolicy: { policy: resourcePolicy },
    strictTransportSecurity: isSecure,
    originAgentCluster: true,
  };
}

/** Security headers on every answer. Pixels and links of our mail are loaded by other people's pages. */
export function setSecurityHeaders(fastify: FastifyInstance, isSecure: boolean): void {
  const own = helmet(optionsFor(isSecure, 'same-origin'));
  const mailed = helmet(optionsFor(isSecure, 'cross-origin'));
  fastify.addHook('onRequest', (request, reply, done) => {
    const headers = /^\/(e|c|v1|beacon|sourceConfig)(\/|\?|$)/.test(request.url) ? mailed : own;
    headers(request.raw, reply.raw, (error) => done(error instanceof Error ? error : undefined));
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}

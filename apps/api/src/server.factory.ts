import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import {
  LeadScoringModule,
  ProblemFilter,
  leadScoringOpenApi,
  problemOf,
  type Clock,
  type LeadScoringOptions,
} from '@rekindle/nest';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { serveAdmin } from './admin.assets';
import { mostApiBytes, setBodyPolicy } from './body.policy';
import type { ClosingDoor } from './closing.door';
import type { Environment } from './env';
import { PinoNestLogger } from './logger';
import { setSecurityHeaders } from './security.headers';
import { UploadAllowance, type UploadPace } from './upload.allowance';

/** Version of the API, as in openapi.json. */
export const apiVersion = '0.1.0';

/** What the module is told, from the environment. */
export function moduleOptionsOf(env: Environment, clock?: Clock): LeadScoringOptions {
  const { databaseUrl, publicUrl, secretKey, smtpUrl, mailFrom, mailFromName, postalAddress, alertQueueAddress, role } =
    env;
  const { sharedEmail, hasHiddenLink, softBounces } = env;
  const mail = { smtpUrl, mailFrom, mailFromName, postalAddress, alertQueueAddress };
  const rules = { sharedEmail, hasHiddenLink, softBounces };
  return { databaseUrl, publicUrl, secretKey, role, ...rules, ...mail, ...(clock ? { clock } : {}) };
}

/** What Fastify refuses before any route is found, such as an address that cannot be decoded. */
function answerFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = problemOf(error, request.id);
  void reply.status(status).header('content-type', 'application/problem+json').send(body);
}

/** RudderStack's browser client asks with a slash at the end, which Fastify takes for another address. */
function withoutTrailingSlash({ url = '/' }: { url?: string }): string {
  return url.replace(/^\/sourceConfig\/(?=\?|$)/, '/sourceConfig');
}

/** How long things may take. */
export interface ServerTimes {
  /** Until a request has come in completely. */
  requestMs: number;
  /** Files to import have this instead. */
  upload?: UploadPace;
}

function createAdapter({ requestMs }: ServerTimes): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: mostApiBytes,
    trustProxy: false,
    genReqId: () => randomUUID(),
    rewriteUrl: withoutTrailingSlash,
    requestTimeout: requestMs,
    keepAliveTimeout: 10_000,
    routerOptions: { maxParamLength: 512 },
    frameworkErrors: answerFrameworkError,
    // Node looks for late requests every 30 s by itself, which would make 40 s of the 10 s.
    http: {
      headersTimeout: Math.min(10_000, requestMs),
      maxHeaderSize: 16_384,
      connectionsCheckingInterval: Math.min(1_000, requestMs / 3),
    },
  });
}

/** The standalone server, ready to listen: the module, its reference at /docs and the admin at every other address. */
export async function createServer(
  env: Environment,
  parts: { logger: Logger; adminFolder: string; door?: ClosingDoor; clock?: Clock; times?: ServerTimes },
): Promise<NestFastifyApplication> {
  const times = parts.times ?? { requestMs: 30_000 };
  const app = await NestFactory.create<NestFastifyApplication>(
    LeadScoringModule.forRoot(moduleOptionsOf(env, parts.clock)),
    createAdapter(times),
    { bodyParser: false, logger: new PinoNestLogger(parts.logger), abortOnError: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  setBodyPolicy(fastify);
  setSecurityHeaders(fastify, env.publicUrl.startsWith('https:'));
  new UploadAllowance(times.upload).watch(fastify);
  parts.door?.watch(fastify);
  app.useGlobalFilters(app.get(ProblemFilter));
  // Written when somebody first asks for it: it takes longer than all the rest of the start.
  const reference = () => leadScoringOpenApi(apiVersion) as unknown as OpenAPIObject;
  SwaggerModule.setup('docs', app, reference, {
    customSiteTitle: 'Rekindle API',
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    swaggerOptions: { validatorUrl: null },
  });
  await serveAdmin(fastify, parts.adminFolder);
  await app.init();
  return app;
}

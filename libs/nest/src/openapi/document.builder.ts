import { STATUS_CODES } from 'node:http';
import type { Type } from '@nestjs/common';
import { problemSchema } from '@rekindle/contracts';
import type { z } from 'zod';
import { ComponentRegistry, type JsonSchema } from './component.registry';
import { routesOf, type RouteInfo } from './route.reader';

/** An OpenAPI 3.1 document as plain data. */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, unknown>>;
  components: { schemas: Record<string, JsonSchema>; securitySchemes: Record<string, unknown> };
}

const tags: Record<string, string> = {
  alerts: 'What rules told sales',
  events: 'Everything stored, with its status',
  imports: 'Files of leads, accounts, events and outcomes',
  health: 'Is the server alive and ready',
  leads: 'Leads, their scores at any instant and why',
  messages: 'Mail that was sent, caught or held',
  models: 'Scoring models: draft and publish',
  rules: 'Trigger rules, in words',
  session: 'Sign in and out',
  tracking: 'The tracking API: track, identify, page, screen, group, alias, batch',
  links: 'Open pixel, click redirect and unsubscribe',
  workspace: 'The workspace of the credential',
  'write-keys': 'Keys of the tracking API',
};

const isTracking = (path: string): boolean => /^\/(v1|beacon|sourceConfig)(\/|$)/.test(path);

const tagOf = ({ path, tag }: RouteInfo): string => {
  if (isTracking(path)) return 'tracking';
  if (/^\/api\/(workspace|rules)$/.test(path)) return path.slice('/api/'.length);
  if (/^\/[ecu](\/|$)/.test(path)) return 'links';
  return path.startsWith('/api/') ? tag : 'health';
};

const securitySchemes = {
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key with scopes.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'rekindle',
    description:
      'The cookie of a signed-in user (`__Host-rekindle` over https); calls that change something also need the header `x-rekindle: 1`.',
  },
  writeKey: { type: 'http', scheme: 'basic', description: 'A write key as user name, with an empty password.' },
};

/** Tracking calls check their key themselves, because it may stand in the body. */
function securityOf({ access, path, method }: RouteInfo): Record<string, string[]>[] {
  if (isTracking(path) && method !== 'options') return [{ writeKey: [] }];
  if (!access || access.kind === 'public') return [];
  if (access.kind === 'write-key') return [{ writeKey: [] }];
  return access.kind === 'user' ? [{ session: [] }] : [{ apiKey: [] }, { session: [] }];
}

function hasInput({ query, body, description, parameters }: RouteInfo): boolean {
  return [query, body, description?.body].some(Boolean) || Object.keys(parameters).length > 0;
}

/** What can go wrong with a route: what it says itself and what its kind brings with it. */
function problemsOf(route: RouteInfo): Set<number> {
  const isGuarded = securityOf(route).length > 0;
  const ofItsKind = [500, ...(hasInput(route) ? [400] : []), ...(isGuarded ? [401, 403] : [])];
  return new Set([...(route.description?.problems ?? []), ...ofItsKind]);
}

/** Writes the OpenAPI document of a set of controllers; the same code always gives the same text. */
class DocumentBuilder {
  private readonly registry = new ComponentRegistry();

  build(controllers: readonly Type[], version: string): OpenApiDocument {
    // The preflights of browsers are no operations of the API.
    const routes = routesOf(controllers).filter(({ method }) => method !== 'options');
    const paths: OpenApiDocument['paths'] = {};
    for (const route of routes) (paths[route.path] ??= {})[route.method] = this.operation(route);
    const used = [...new Set(routes.map(tagOf))].sort();
    return {
      openapi: '3.1.0',
      info: {
        title: 'Rekindle',
        version,
        description: 'B2B lead scoring that is exact at every instant, explains itself and acts on it.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: used.map((name) => ({ name, description: tags[name] ?? name })),
      paths,
      components: { schemas: this.registry.components(), securitySchemes },
    };
  }

  private operation(route: RouteInfo): Record<string, unknown> {
    const parameters = this.parameters(route);
    const body = route.body ?? route.description?.body;
    return {
      operationId: route.operationId,
      summary: route.description?.summary ?? '',
      tags: [tagOf(route)],
      security: securityOf(route),
      ...(parameters.length > 0 ? { parameters } : {}),
      ...(body ? { requestBody: { required: true, content: this.content(body, 'input') } } : {}),
      responses: this.responses(route),
    };
  }

  private parameters(route: RouteInfo): unknown[] {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1]));
    const inPath = names.map((name) => {
      const schema = route.parameters[name];
      return {
        name,
        in: 'path',
        required: true,
        schema: schema ? this.registry.schemaOf(schema, 'input') : { type: 'string' },
      };
    });
    const headers = (route.description?.headers ?? []).map(({ name, isRequired, description }) => ({
      name,
      in: 'header',
      required: isRequired,
      description,
      schema: { type: 'string' },
    }));
    return [...inPath, ...this.query(route), ...headers];
  }

  private query(route: RouteInfo): unknown[] {
    if (!route.query) return [];
    const schema = this.registry.schemaOf(route.query, 'input');
    const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
    return Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).map(([name, property]) => ({
      name,
      in: 'query',
      required: required.has(name),
      schema: property,
    }));
  }

  private responses(route: RouteInfo): Record<string, unknown> {
    const { description, method, status } = route;
    const success = status ?? (method === 'post' ? 201 : 200);
    const problems = [...problemsOf(route)].sort((a, b) => a - b);
    return {
      [success]: this.success(description?.answer, description?.contentType, success),
      ...Object.fromEntries(problems.map((code) => [code, this.problem(code)])),
    };
  }

  private success(answer: z.ZodType | undefined, contentType: string | undefined, status: number): unknown {
    const text = STATUS_CODES[status] ?? '';
    if (answer) return { description: text, content: this.content(answer, 'output') };
    return contentType ? { description: text, content: { [contentType]: {} } } : { description: text };
  }

  private problem(status: number): unknown {
    const schema = this.registry.schemaOf(problemSchema, 'output');
    return { description: STATUS_CODES[status] ?? '', content: { 'application/problem+json': { schema } } };
  }

  private content(schema: z.ZodType, io: 'input' | 'output'): unknown {
    return { 'application/json': { schema: this.registry.schemaOf(schema, io) } };
  }
}

/** The OpenAPI 3.1 document of these controllers, read from their decorators and zod schemas. */
export function buildOpenApi(controllers: readonly Type[], version: string): OpenApiDocument {
  return new DocumentBuilder().build(controllers, version);
}

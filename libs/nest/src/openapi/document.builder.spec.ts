import { Get, Post } from '@nestjs/common';
import { z } from 'zod';
import { Access } from '../credentials/access.decorator';
import { leadScoringOpenApi } from '../lead-scoring.module';
import { refuseOpenRoutes } from './access.inspection';
import { ApiController, Describe } from './route.decorator';
import { PathInput } from './input.pipe';
import { routesOf } from './route.reader';

const document = leadScoringOpenApi('1');

interface Operation {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; schema: Record<string, unknown> }[];
  responses: Record<string, unknown>;
  security: unknown[];
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...(operation as Operation) })),
);

describe('the OpenAPI document', () => {
  it('has every fixed route', () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'get /api/leads',
        'get /api/leads/{id}',
        'get /api/leads/by-external-id/{userId}',
        'get /api/leads/{id}/score',
        'get /api/leads/{id}/events',
        'get /api/events',
        'get /api/alerts',
        'get /api/messages',
        'get /api/models/{key}/draft',
        'put /api/models/{key}/draft',
        'post /api/models/{key}/publish',
        'post /v1/batch',
        'get /healthz',
        'get /readyz',
      ]),
    );
  });

  it('names each operation once, in words', () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { summary, operationId } of operations)
      expect([operationId, summary]).toEqual([operationId, expect.stringMatching(/\w{3}/)]);
  });

  it('refers only to components that are there, and to no schema by its file', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => String(match[1]));
    expect(references.length).toBeGreaterThan(50);
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...new Set(references)].filter((reference) => !known.includes(reference))).toEqual([]);
  });

  it('describes numbers of a query as numbers and every part of a path', () => {
    const leads = operations.find(({ path, method }) => path === '/api/leads' && method === 'get');
    expect(leads?.parameters?.find(({ name }) => name === 'limit')?.schema).toMatchObject({
      type: 'integer',
      maximum: 200,
    });
    for (const { path, parameters = [] } of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect([path, inPath]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])]);
    }
  });

  it('is the same text every time', () => {
    expect(JSON.stringify(leadScoringOpenApi('1'))).toBe(JSON.stringify(document));
  });

  it('shows who may call what', () => {
    const access = operations.map(({ method, path, security }) => `${method} ${path} ${JSON.stringify(security)}`);
    expect(access).toMatchSnapshot();
  });
});

describe('the inspection at the start', () => {
  it('refuses a route that does not say who may call it', () => {
    @ApiController('open')
    class OpenController {
      @Get()
      @Describe({ summary: 'Nobody thought about it' })
      show(): void {}
    }
    expect(() => refuseOpenRoutes([OpenController])).toThrow('GET /open');
  });

  it('refuses a controller that nobody guards', () => {
    class BareController {
      show(): void {}
    }
    expect(() => refuseOpenRoutes([BareController])).toThrow('BareController is not guarded');
  });

  it('reads parameters in the order of the handler and a path that has several names', () => {
    @ApiController('api/things')
    class ThingsController {
      @Post([':a/x/:b', ':a/y/:b'])
      @Access('public')
      show(@PathInput('a', z.string()) _a: string, @PathInput('b', z.uuid()) _b: string): void {}
    }
    expect(
      routesOf([ThingsController]).map(({ path, operationId, parameters }) => [
        path,
        operationId,
        Object.keys(parameters),
      ]),
    ).toEqual([
      ['/api/things/{a}/x/{b}', 'Things.show', ['a', 'b']],
      ['/api/things/{a}/y/{b}', 'Things.show2', ['a', 'b']],
    ]);
  });
});

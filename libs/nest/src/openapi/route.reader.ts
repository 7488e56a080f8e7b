import { RequestMethod, type Type } from '@nestjs/common';
import type { z } from 'zod';
import { ACCESS, type AccessRule } from '../credentials/access.decorator';
import { DESCRIPTION, type RouteDescription } from './route.decorator';

/** One route of a controller as its decorators describe it. */
export interface RouteInfo {
  /** `LeadsController.byId`; unique. */
  operationId: string;
  method: string;
  /** With `{name}` for the parts that vary. */
  path: string;
  tag: string;
  access: AccessRule | null;
  description: RouteDescription | null;
  status: number | null;
  parameters: Record<string, z.ZodType>;
  query: z.ZodType | null;
  body: z.ZodType | null;
}

// Nest's own metadata keys; its package exports no constants for them.
const PATH = 'path';
const METHOD = 'method';
const HTTP_CODE = '__httpCode__';
const ARGUMENTS = '__routeArguments__';
const BODY = 3;
const QUERY = 4;
const PARAM = 5;

interface RouteArgument {
  data?: unknown;
  schema?: z.ZodType;
}

type Handler = (...args: never[]) => unknown;

const toPath = (...parts: string[]): string =>
  `/${parts
    .join('/')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replace(/^:(\w+)$/, '{$1}'))
    .join('/')}`;

function pathsOf(target: object): string[] {
  const value: unknown = Reflect.getMetadata(PATH, target);
  return (Array.isArray(value) ? value : [value ?? '']).map(String);
}

function argumentsOf(controller: Type, name: string): [number, RouteArgument][] {
  const found = (Reflect.getMetadata(ARGUMENTS, controller, name) ?? {}) as Record<string, RouteArgument>;
  return Object.entries(found).map(([key, argument]) => [Number(key.split(':')[0]), argument]);
}

function routeOf(controller: Type, name: string, handler: Handler): Omit<RouteInfo, 'path' | 'operationId'> {
  const found = argumentsOf(controller, name);
  const schemaOf = (kind: number) => found.find(([type]) => type === kind)?.[1].schema ?? null;
  const parameters = found
    .filter(([type, { data, schema }]) => type === PARAM && typeof data === 'string' && schema !== undefined)
    .map(([, { data, schema }]) => [String(data), schema] as [string, z.ZodType])
    .reverse();
  return {
    method: String(RequestMethod[Number(Reflect.getMetadata(METHOD, handler))]).toLowerCase(),
    tag:
      pathsOf(controller)[0]
        ?.replace(/^\/?(api\/)?/, '')
        .split('/')[0] ?? '',
    access: (Reflect.getMetadata(ACCESS, handler) ??
      Reflect.getMetadata(ACCESS, controller) ??
      null) as AccessRule | null,
    description: (Reflect.getMetadata(DESCRIPTION, handler) ?? null) as RouteDescription | null,
    status: (Reflect.getMetadata(HTTP_CODE, handler) ?? null) as number | null,
    parameters: Object.fromEntries(parameters),
    query: schemaOf(QUERY),
    body: schemaOf(BODY),
  };
}

/** Every route of the controllers, in order of path and method. */
export function routesOf(controllers: readonly Type[]): RouteInfo[] {
  const routes = controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD, handler)) return [];
      const route = routeOf(controller, name, handler as Handler);
      const pairs = pathsOf(controller).flatMap((base) => pathsOf(handler).map((own) => toPath(base, own)));
      return pairs.map((path, index) => ({
        ...route,
        path,
        operationId: `${controller.name.replace(/Controller$/, '')}.${name}${index === 0 ? '' : index + 1}`,
      }));
    });
  });
  return routes.sort((a, b) => (a.path === b.path ? (a.method < b.method ? -1 : 1) : a.path < b.path ? -1 : 1));
}

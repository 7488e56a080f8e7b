import type { Type } from '@nestjs/common';
import { BugError } from '@rekindle/contracts';
import { AccessGuard } from '../credentials/access.guard';
import { routesOf } from './route.reader';

// Nest's metadata keys.
const GUARDS = '__guards__';
const CONTROLLERS = 'controllers';

/** The controllers that these modules declare. */
export function controllersOf(modules: readonly Type[]): Type[] {
  return modules.flatMap((module) => (Reflect.getMetadata(CONTROLLERS, module) ?? []) as Type[]);
}

/** Refuses to start with a route that nobody guards or that does not say who may call it. */
export function refuseOpenRoutes(controllers: readonly Type[]): void {
  for (const controller of controllers) {
    const guards = (Reflect.getMetadata(GUARDS, controller) ?? []) as unknown[];
    if (!guards.includes(AccessGuard)) {
      throw new BugError('route_without_guard', `${controller.name} is not guarded: declare it with @ApiController`);
    }
  }
  const open = routesOf(controllers).filter(({ access }) => access === null);
  if (open.length === 0) return;
  const names = open.map(({ method, path }) => `${method.toUpperCase()} ${path}`).join(', ');
  throw new BugError('route_without_access', `these routes declare no access: ${names}`);
}

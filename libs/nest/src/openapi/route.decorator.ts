import { Controller, SetMetadata, UseFilters, UseGuards, applyDecorators } from '@nestjs/common';
import type { z } from 'zod';
import { AccessGuard } from '../credentials/access.guard';
import { ProblemFilter } from '../problem/problem.filter';

/** Metadata key of a route's description. */
export const DESCRIPTION = 'rekindle:description';

/** What the API reference says about one route. */
export interface RouteDescription {
  /** One line, imperative. */
  summary: string;
  /** Shape of the successful answer; absent: no content. */
  answer?: z.ZodType;
  /** Statuses of problems beside 400, 401, 403 and 500. */
  problems?: readonly number[];
  /** Header fields the caller may or must send. */
  headers?: readonly { name: string; isRequired: boolean; description: string }[];
  /** Content type of the answer where it is not JSON. */
  contentType?: string;
  /** Shape of a body that the route reads itself. */
  body?: z.ZodType;
}

/** Describes a route for the API reference. */
export const Describe = (description: RouteDescription): MethodDecorator => SetMetadata(DESCRIPTION, description);

/** A controller of ours: guarded, errors as problem+json; both bound here and nowhere globally. */
export const ApiController = (path: string): ClassDecorator =>
  applyDecorators(Controller(path), UseGuards(AccessGuard), UseFilters(ProblemFilter));

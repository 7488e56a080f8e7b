import {
  Body,
  Param,
  Query,
  StandardSchemaValidationPipe,
  type PipeTransform,
  type StandardSchemaValidationPipeOptions,
} from '@nestjs/common';
import { UserError, type FieldError } from '@rekindle/contracts';
import type { z } from 'zod';
import { isRecord } from '../ingest/json.record';
import { parseStrictJson, refuseHostileKeys } from './json.body';

type Issue = Parameters<NonNullable<StandardSchemaValidationPipeOptions['exceptionFactory']>>[0][number];

const mostErrors = 100;

function pathOf(issue: Issue): string {
  return (issue.path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
}

/** One error for each unknown field, so that the caller sees each by name. */
function fieldErrorsOf(issue: Issue): FieldError[] {
  const path = pathOf(issue);
  const { code, keys } = issue as { code?: unknown; keys?: unknown };
  if (code !== 'unrecognized_keys' || !Array.isArray(keys)) return [{ path, message: issue.message }];
  return keys.map((key) => ({
    path: path === '' ? String(key) : `${path}.${key}`,
    message: 'This field is not known.',
  }));
}

/** Turns a schema's issues into the problem with `errors[]`. */
function invalidInput(issues: readonly Issue[], status: 400 | 422, name?: string): UserError {
  const found = issues.slice(0, mostErrors).flatMap(fieldErrorsOf).slice(0, mostErrors);
  const errors = found.map(({ path, message }) => ({ path: path === '' ? (name ?? '') : path, message }));
  return new UserError('invalid_input', 'Some fields are not valid.', { status, errors });
}

/** Nest's Standard Schema pipe with our problem, and with prototype keys refused instead of dropped. */
class InputPipe extends StandardSchemaValidationPipe {
  /** `name` is what errors of a value without fields are reported under. */
  constructor(status: 400 | 422 = 400, name?: string) {
    super({ exceptionFactory: (issues) => invalidInput(issues, status, name) });
  }

  protected override stripProtoKeys(value: unknown): void {
    refuseHostileKeys(value);
  }
}

/** Bodies reach us raw (our own server) or parsed by the host; both are held to the same rules. */
class JsonBodyPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown): unknown {
    if (value instanceof Uint8Array) return parseStrictJson(value);
    if (!isRecord(value)) throw new UserError('invalid_json', 'The body must be a JSON object.');
    return value;
  }
}

/**
 * The validated body, as a handler's argument. Unknown fields are refused where the schema is strict.
 * `status` is what a body that does not fit answers: 422 for documents that people write, else 400.
 */
export const BodyInput = (schema: z.ZodType, status: 400 | 422 = 400): ParameterDecorator =>
  Body({ schema, pipes: [new JsonBodyPipe(), new InputPipe(status)] });

/** The validated query, as a handler's argument. A parameter given twice is refused. */
export const QueryInput = (schema: z.ZodType): ParameterDecorator => Query({ schema, pipes: [new InputPipe()] });

/** One validated part of the path. */
export const PathInput = (name: string, schema: z.ZodType): ParameterDecorator =>
  Param(name, { schema, pipes: [new InputPipe(400, name)] });

import { NotFoundException } from '@nestjs/common';
import { BugError, OperationalError, UserError } from '@rekindle/contracts';
import { problemOf } from './problem.mapping';

describe('a problem answer', () => {
  it('shows what the caller can do about a mistake of theirs, field by field', () => {
    const errors = [{ path: 'limit', message: 'must be at most 200' }];
    const answer = problemOf(new UserError('invalid_input', 'Some fields are not valid.', { errors }), 'r-1');
    expect(answer).toMatchObject({
      status: 400,
      isOurs: false,
      body: {
        type: 'urn:rekindle:problem:invalid_input',
        title: 'The request is not valid',
        status: 400,
        code: 'invalid_input',
        detail: 'Some fields are not valid.',
        requestId: 'r-1',
        errors,
      },
    });
  });

  it('says in whole seconds when to come back', () => {
    const busy = problemOf(new OperationalError('database_busy', 'busy', { retryAfterMs: 1_200 }), 'r');
    expect([busy.status, busy.headers['retry-after']]).toEqual([503, '2']);
    const slow = problemOf(new UserError('too_many_tries', 'wait', { status: 429, retryAfterSeconds: 7 }), 'r');
    expect([slow.status, slow.headers['retry-after']]).toEqual([429, '7']);
  });

  it('keeps what went wrong inside to itself', () => {
    for (const error of [new BugError('b', 'secret detail'), new Error('secret detail'), 'secret detail', undefined]) {
      const { status, isOurs, body } = problemOf(error, 'r');
      expect([status, isOurs]).toEqual([500, true]);
      expect(JSON.stringify(body)).not.toContain('secret');
    }
  });

  it('passes on what the HTTP adapter found wrong with the request', () => {
    expect(problemOf({ statusCode: 413, message: 'x' }, 'r').body).toMatchObject({
      status: 413,
      code: 'payload_too_large',
    });
    expect(problemOf({ status: 400 }, 'r').body.code).toBe('bad_request');
    expect(problemOf(new NotFoundException('Cannot GET /x'), 'r').body).toMatchObject({
      status: 404,
      code: 'not_found',
    });
  });

  it('never believes an adapter that blames itself', () => {
    expect(problemOf({ statusCode: 502 }, 'r').status).toBe(500);
    expect(problemOf({ statusCode: 'NaN' }, 'r').status).toBe(500);
  });
});

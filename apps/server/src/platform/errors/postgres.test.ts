import { describe, expect, it } from 'vitest';
import { problemOf } from './plugin.ts';

const postgresError = (code: string, message = 'duplicate key value violates unique constraint "person_phone"') =>
  Object.assign(new Error(message), { code });

describe('an error of the database', () => {
  it.each([
    ['23505', 409, 'alreadyExists'],
    ['23514', 422, 'unacceptable'],
    ['42501', 403, 'forbidden'],
    ['40001', 503, 'tryAgain'],
    ['40P01', 503, 'tryAgain'],
    ['57P01', 503, 'databaseAway'],
    ['08006', 503, 'databaseAway'],
    ['ECONNREFUSED', 503, 'databaseAway'],
    ['53300', 503, 'databaseAway'],
    ['53100', 507, 'noRoom'],
    ['ENOSPC', 507, 'noRoom'],
    ['TX001', 422, 'unknownFile'],
    ['57014', 503, 'tookTooLong'],
    ['22021', 400, 'forbiddenCharacter'],
    ['22P05', 400, 'forbiddenCharacter'],
    ['42703', 500, 'internal'],
  ])('%s is answered with %i %s', (state, status, code) => expect(problemOf(postgresError(state))).toMatchObject({ status, code }));

  it('tells nothing of the inside', () => {
    expect(problemOf(postgresError('23505')).params).toEqual({});
    expect(problemOf(new Error('password authentication failed for user "tongxin_app"'))).toMatchObject({ code: 'internal', params: {} });
  });

  it('that is a lost connection without a code asks to come again', () => {
    expect(problemOf(new Error('Connection terminated unexpectedly'))).toMatchObject({ status: 503, code: 'databaseAway' });
    expect(problemOf(new Error('timeout exceeded when trying to connect'))).toMatchObject({ status: 503, code: 'databaseAway' });
  });
});

import { describe, expect, it } from 'vitest';
import { explain } from '../platform/embedded-postgres/errors.ts';
import { Problem } from '../platform/errors/problem.ts';
import { failureOf, languageOf } from './failure.ts';

const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code });

describe('what an operator is told of a failure', () => {
  it.each([
    ['the system’s own refusal', coded('ENOSPC')],
    ['a quota', coded('EDQUOT')],
    ['Postgres’s', coded('53100')],
    ['what a migration failed for', new Error('migration 0001 failed', { cause: coded('53100') })],
    ['the last words of a Postgres', explain('PANIC:  could not write: No space left on device', 'postgres ended')],
  ])('is that the disk is full, whoever met it: %s', (_who, error) => {
    expect(failureOf(error, { LANG: 'en_US.UTF-8' })).toEqual({
      code: 'diskFull',
      message: expect.stringMatching(/^the disk is full; free/u),
    });
    expect(failureOf(error, { LANG: 'zh_CN.UTF-8' })).toEqual({ code: 'diskFull', message: expect.stringMatching(/^磁盘已满；/u) });
  });
  it('keeps Postgres’s own last words for the engineer', () => {
    expect(failureOf(explain('PANIC:  could not write: No space left on device', ''), {}).message).toContain('PANIC');
  });
  it('is a sentence and no stack when the database is away, and names what is behind it', () => {
    const { code, message, stack } = failureOf(coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:5432'), {});
    expect([code, stack]).toEqual(['databaseAway', undefined]);
    expect(message).toContain('127.0.0.1:5432');
  });
  it('is the refusal in the language of the terminal', () => {
    expect(failureOf(new Problem(404, 'notFound'), { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }).message).toMatch(/\p{Script=Han}/u);
    expect(failureOf(new Problem(404, 'notFound'), {}).message).not.toMatch(/\p{Script=Han}/u);
  });
  it('is a stack only where nobody expected it', () => {
    expect(failureOf(new TypeError('x is not a function'), {}).stack).toContain('TypeError');
  });
  it.each([
    [{}, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LC_MESSAGES: 'en_GB', LANG: 'zh_CN' }, 'en'],
    [{ LC_ALL: '', LANG: 'zh_TW' }, 'zh'],
  ])('is in the language POSIX would choose: %o', (env, language) => expect(languageOf(env)).toBe(language));
});

import type { KeyLine } from '../modules/open311/index.ts';
import { type Command, CommandError } from './command.ts';

const PER_DAY = 1000;
const DAYS = 365;

const countOf = (flag: string, given: string | boolean | undefined, otherwise: number): number => {
  const count = Number(given ?? otherwise);
  if (!Number.isInteger(count) || count < 1) throw new CommandError('optionUnfit', `${flag} must be a whole number above 0, not ${given}`);
  return count;
};

const issue: Command = {
  name: 'open311 issue',
  describe: 'issues a key for a client of the open interface; it is printed once and kept nowhere',
  arguments: ['<name>'],
  options: [
    ['--per-day <count>', `requests it may file a day, ${PER_DAY} unless said`],
    ['--days <days>', `days it is good for, ${DAYS} unless said`],
  ],
  run: async ({ args, options, open }) => {
    const perDay = countOf('--per-day', options.perDay, PER_DAY);
    const days = countOf('--days', options.days, DAYS);
    const { issueKey } = await import('../modules/open311/index.ts');
    return { ok: true, ...(await issueKey(await open(), { name: args[0]!, perDay, days })), perDay };
  },
  tell: ({ id, key, until }) => `${key}\nid ${id}, good until ${until}`,
};

const list: Command = {
  name: 'open311 list',
  describe: 'keys of clients of the open interface, and what they filed today',
  run: async ({ open }) => {
    const { listKeys } = await import('../modules/open311/index.ts');
    return { ok: true, keys: await listKeys(await open()) };
  },
  tell: ({ keys }) =>
    (keys as KeyLine[])
      .map(({ id, name, ending, perDay, usedToday, until, revoked }) =>
        [id, `…${ending}`, name, `${usedToday}/${perDay}`, revoked ? 'revoked' : `until ${until}`].join('  '),
      )
      .join('\n'),
};

const revoke: Command = {
  name: 'open311 revoke',
  describe: 'takes a key back, at once and for good',
  arguments: ['<id>'],
  run: async ({ args, open }) => {
    const { revokeKey } = await import('../modules/open311/index.ts');
    await revokeKey(await open(), args[0]!);
    return { ok: true, id: args[0] };
  },
  tell: ({ id }) => `key ${id} revoked`,
};

export const open311Commands: readonly Command[] = [issue, list, revoke];

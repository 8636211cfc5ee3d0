import { readFile, stat } from 'node:fs/promises';
import { type Command, CommandError } from './command.ts';

/** A year's notice is two kilobytes. */
const LARGEST = 64 * 1024;

export const calendarLoad: Command = {
  name: 'calendar load',
  describe: 'loads the State Council’s notice of a year: {year, source, exceptions: [{day, kind: work|off, reason}]}',
  arguments: ['<file>'],
  options: [['--replace', 'also when the year is known otherwise; running limits that reach a changed day are computed again']],
  run: async ({ args, options, open }) => {
    const found = await stat(args[0]!).catch(() => undefined);
    if (!found?.isFile()) throw new CommandError('fileMissing', `no such file: ${args[0]}`);
    if (found.size > LARGEST) throw new CommandError('fileTooLarge', `${args[0]} is larger than ${LARGEST} bytes`);
    const { loadCalendarYear, readCalendarYear } = await import('../modules/calendar/index.ts');
    const notice = readCalendarYear(await readFile(args[0]!, 'utf8'));
    const loaded = await loadCalendarYear(await open(), notice, { replace: options.replace === true });
    return { ok: true, ...loaded };
  },
  tell: ({ year, change, amended, clocks }) =>
    change === 'same'
      ? `${year} was loaded before, exactly so`
      : `${year} is loaded${(amended as string[]).length ? `; ${(amended as string[]).join(', ')} changed, ${clocks} running limits are computed again` : ''}; running processes use it within a minute`,
};

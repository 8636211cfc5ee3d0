import { afterEach, expect, it, vi } from 'vitest';
import { commands } from './commands.ts';
import { runCli } from './main.ts';

afterEach(() => vi.restoreAllMocks());

/** What is typed and what is read on stdout, in this process. */
const typed = async (...words: string[]): Promise<string> => {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    out += String(chunk);
    return true;
  });
  await runCli(words);
  return out;
};

it('the help lists every command, that of a group its own', async () => {
  const groupOf = (name: string): string => name.split(' ').slice(0, -1).join(' ');
  for (const group of new Set(['', ...commands.map(({ name }) => groupOf(name))])) {
    const help = await typed(...group.split(' ').filter(Boolean), '--help');
    for (const { name } of commands.filter((one) => groupOf(one.name) === group))
      expect(help).toMatch(new RegExp(`^  ${name.split(' ').at(-1)}\\b`, 'mu'));
  }
});

it.each(commands)('$name says what it does, takes and can be told', async ({ name, describe, arguments: args = [], options = [] }) => {
  const help = (await typed(...name.split(' '), '--help')).replace(/\s+/gu, ' ');
  for (const words of [describe, ...args, ...options.flat(), '--json']) expect(help).toContain(words);
});

import type { UserLine } from '../modules/session/index.ts';
import { type Command, CommandError } from './command.ts';

/** From the environment or stdin, never from the command line: others on the machine can read that. */
export const passwordFrom = async (): Promise<string> => {
  if (process.env.TONGXIN_NEW_PASSWORD) return process.env.TONGXIN_NEW_PASSWORD;
  if (process.stdin.isTTY) throw new CommandError('passwordMissing', 'give the new password on stdin or in TONGXIN_NEW_PASSWORD');
  let given = '';
  for await (const chunk of process.stdin) given += chunk;
  return given.replace(/\r?\n$/u, '');
};

const add: Command = {
  name: 'user add',
  describe: 'opens an account for a member of staff; the password comes from stdin or TONGXIN_NEW_PASSWORD',
  arguments: ['<username>'],
  options: [
    ['--name <name>', 'name of the person; kept sealed'],
    ['--posts <ids>', 'ids of the posts held from today, separated by commas'],
    ['--language <language>', 'zh or en'],
  ],
  run: async ({ args, options, open }) => {
    const { addUser } = await import('../modules/session/index.ts');
    const postIds = String(options.posts ?? '')
      .split(',')
      .filter((id) => id !== '');
    const language = options.language === 'en' ? 'en' : 'zh';
    const { personId } = await addUser(await open(), {
      username: args[0]!,
      password: await passwordFrom(),
      name: String(options.name ?? args[0]),
      postIds,
      language,
    });
    return { ok: true, username: args[0], personId };
  },
  tell: ({ username }) => `account ${username} opened`,
};

const reset: Command = {
  name: 'user reset',
  describe: 'sets a new password and ends every session',
  arguments: ['<username>'],
  options: [['--second-factor', 'also gives up a lost authenticator']],
  run: async ({ args, options, open }) => {
    const { resetPassword } = await import('../modules/session/index.ts');
    await resetPassword(await open(), args[0]!, await passwordFrom(), options.secondFactor === true);
    return { ok: true, username: args[0] };
  },
  tell: ({ username }) => `password of ${username} set; every session ended`,
};

const disable: Command = {
  name: 'user disable',
  describe: 'ends every session and takes the password, until it is reset',
  arguments: ['<username>'],
  run: async ({ args, open }) => {
    const { disableUser } = await import('../modules/session/index.ts');
    await disableUser(await open(), args[0]!);
    return { ok: true, username: args[0] };
  },
  tell: ({ username }) => `account ${username} disabled`,
};

const list: Command = {
  name: 'user list',
  describe: 'accounts of staff',
  run: async ({ open }) => {
    const { listAccounts } = await import('../modules/session/index.ts');
    return { ok: true, users: await listAccounts(await open()) };
  },
  tell: ({ users }) =>
    (users as UserLine[])
      .map(({ username, enabled, secondFactor, demo }) =>
        [username, enabled ? '' : 'disabled', secondFactor ? 'authenticator' : '', demo ? 'demo' : ''].filter((word) => word).join('  '),
      )
      .join('\n'),
};

export const userCommands: readonly Command[] = [add, reset, disable, list];

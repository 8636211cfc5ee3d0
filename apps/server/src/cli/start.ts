import { startServer } from '../main.ts';
import { type Command, CommandError } from './command.ts';

/** Settles with what ended the wait: a signal, or Postgres going away by itself. */
const untilStopped = (lost: Promise<void>): Promise<'signal' | 'lost'> =>
  new Promise((done) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => done('signal'));
    lost.then(() => done('lost'));
  });

export const startCommand: Command = {
  name: 'start',
  describe: 'starts the platform: database, web apps, API and background; one line `ready http://…` when it serves',
  run: async ({ config, say }) => {
    const running = await startServer(config(), say);
    process.stdout.write(`ready ${running.url ?? 'worker'}\n`);
    const why = await untilStopped(running.lost);
    say(why === 'signal' ? 'stopping …' : 'Postgres ended by itself; stopping');
    await running.stop();
    if (why === 'lost')
      throw new CommandError(
        'postgresLost',
        'Postgres ended by itself; its log lies in the data folder; start again when the cause is mended',
      );
    return { ok: true };
  },
  tell: () => 'stopped',
};

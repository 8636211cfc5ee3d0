import type { PostgresError } from '../platform/embedded-postgres/errors.ts';
import type { Command } from './command.ts';

/** Settles with what ended the wait: a signal, or Postgres going away by itself. */
const untilStopped = (lost: Promise<PostgresError>): Promise<PostgresError | undefined> =>
  new Promise((done) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => done(undefined));
    lost.then(done);
  });

export const startCommand: Command = {
  name: 'start',
  describe: 'starts the platform: database, web apps, API and background; one line `ready http://…` when it serves, nothing else on stdout',
  run: async ({ config, say, answer }) => {
    const { startServer } = await import('../main.ts');
    const running = await startServer(config(), say);
    const result = { ok: true, ready: running.url ?? 'worker' };
    // Before anybody hears that it serves: who stops it at once must not leave its Postgres behind.
    const stopped = untilStopped(running.lost);
    answer(result);
    const lost = await stopped;
    say(lost ? 'Postgres ended by itself; stopping' : 'stopping …');
    await running.stop();
    if (lost) throw lost;
    say('stopped');
    return result;
  },
  tell: ({ ready }) => `ready ${ready}`,
};

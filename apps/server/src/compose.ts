import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { openCalendar } from './platform/calendar/calendar.ts';
import type { Clock } from './platform/clock/clock.ts';
import type { Config } from './platform/config/config.ts';
import { makeCrypto } from './platform/crypto/crypto.ts';
import type { Pools } from './platform/db/pools.ts';
import type { Deps } from './platform/deps.ts';
import { openDirectory } from './platform/directory/directory.ts';
import { watchReference } from './platform/directory/watch.ts';
import { type FileStore, folderStore } from './platform/files/file-store.ts';
import { type CodeSender, gatewaySender, noSender, outboxSender } from './platform/messages/codes.ts';
import { mailSender } from './platform/messages/mail.ts';
import { pushSender } from './platform/messages/push.ts';
import type { Senders } from './platform/messages/sender.ts';
import { accountSender, smsSender } from './platform/messages/sms.ts';
import { openPlaces } from './platform/places/places.ts';
import { openProcedures } from './platform/procedures/procedures.ts';

interface Parts {
  readonly config: Config;
  readonly pools: Pools;
  readonly clock: Clock;
  readonly log: FastifyBaseLogger;
  readonly codes?: CodeSender;
  readonly files?: FileStore;
  readonly messages?: Senders;
  readonly env?: NodeJS.ProcessEnv;
}

/** Dependencies over an open database, with a way to follow what other processes change. */
export type Composed = Deps & {
  /** Looks every second whether reference data was changed elsewhere, or a new day began, and reads it again; answers how to stop. */
  readonly watch: () => () => void;
};

const senderOf = (config: Config, env: NodeJS.ProcessEnv): CodeSender => {
  if (env.TONGXIN_CODE_GATEWAY) return gatewaySender(env.TONGXIN_CODE_GATEWAY, env.TONGXIN_CODE_GATEWAY_TOKEN);
  return config.mode === 'demo' ? outboxSender(join(config.dataDir, 'outbox', 'one-time-codes')) : noSender;
};

const sendersOf = ({ messages: { sms, mail, push, account }, secrets }: Config): Senders => ({
  ...(sms ? { sms: smsSender(sms) } : {}),
  ...(mail ? { mail: mailSender(mail) } : {}),
  ...(push ? { push: pushSender(push, secrets.receiptKey) } : {}),
  ...(account ? { account: accountSender(account) } : {}),
});

/** Reads reference data into memory and puts everything together that services may use. Starts nothing. */
export const compose = async ({ config, pools, clock, log, codes, files, messages, env = process.env }: Parts): Promise<Composed> => {
  const [calendar, procedures, places, directory] = await Promise.all([
    openCalendar(pools.app, log),
    openProcedures(pools.app),
    openPlaces(pools.app),
    openDirectory(pools.app),
  ]);
  const reload = async (): Promise<void> => {
    await Promise.all([calendar.reload(), procedures.reload(), places.reload(), directory.reload()]);
  };
  return {
    config,
    pools,
    clock,
    crypto: makeCrypto(config.secrets),
    calendar: calendar.current,
    procedures,
    places,
    directory,
    files: files ?? folderStore(join(config.dataDir, 'files')),
    codes: codes ?? senderOf(config, env),
    messages: messages ?? sendersOf(config),
    log,
    background: [],
    reload,
    watch: () => watchReference(pools.app, reload, log),
  };
};

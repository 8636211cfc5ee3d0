import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { dataDirOf } from '../platform/config/config.ts';
import { fingerprint, hasSecrets } from '../platform/config/secrets.ts';
import { roleUrls } from '../platform/db/bootstrap.ts';
import { type Finding, inspectDatabase } from '../platform/db/inspect.ts';
import { findCluster } from '../platform/embedded-postgres/place.ts';
import type { Command, CommandCall } from './command.ts';
import { failureOf } from './failure.ts';
import { databaseOf } from './installation.ts';

const MIN_FREE_BYTES = 2 * 1024 ** 3;
const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

/** The folder itself, or the nearest above it that is there. */
const standing = async (folder: string): Promise<string> =>
  (await stat(folder).catch(() => undefined)) ? folder : standing(dirname(folder));

const inspectMachine = async (dataDir: string): Promise<Finding[]> => {
  const major = Number(process.versions.node.split('.')[0]);
  const disk = await statfs(await standing(dataDir));
  const free = disk.bavail * disk.bsize;
  return [
    { check: 'node', ok: major >= 24, detail: `Node ${process.versions.node}; 24 or newer is needed` },
    { check: 'disk', ok: free >= MIN_FREE_BYTES, detail: `${gigabytes(free)} free where ${dataDir} lies` },
  ];
};

/** What an installation lacks to be one; undefined where it is whole enough to be looked into. */
const missingOf = async (dataDir: string): Promise<string | undefined> => {
  const { TONGXIN_SECRETS, DATABASE_URL } = process.env;
  const cluster = DATABASE_URL ? 'of its own' : await findCluster(dataDir);
  if (!hasSecrets(dataDir, TONGXIN_SECRETS))
    return cluster && !DATABASE_URL
      ? `${dataDir} holds a database but no secrets.json; put the file back from where it was kept apart from the backup`
      : `there is no installation in ${dataDir}; "tongxin start" makes one, TONGXIN_DATA names another folder`;
  return cluster
    ? undefined
    : `there are secrets but no database in ${dataDir}; "tongxin start" makes one, "tongxin restore" brings one back`;
};

const inspect = async ({ config, admin }: CommandCall): Promise<Finding[]> => {
  const dataDir = dataDirOf();
  const findings = await inspectMachine(dataDir);
  const missing = await missingOf(dataDir);
  // Looking further would make what is missing.
  if (missing) return [...findings, { check: 'installation', ok: false, detail: missing }];
  const { secrets } = config();
  findings.push({ check: 'dataFolder', ok: true, detail: `${dataDir}, secrets ${fingerprint(secrets)}` });
  try {
    const { adminUrl } = await admin();
    const urls = roleUrls(adminUrl, { database: databaseOf(config()), password: secrets.databasePassword });
    findings.push({ check: 'postgres', ok: true, detail: 'answers' }, ...(await inspectDatabase(urls)));
  } catch (error) {
    findings.push({ check: 'postgres', ok: false, detail: failureOf(error).message });
  }
  return findings;
};

export const doctorCommand: Command = {
  name: 'doctor',
  describe: 'looks for what is wrong with machine, database and data, and changes nothing',
  run: async (call) => {
    const findings = await inspect(call);
    return { ok: findings.every((finding) => finding.ok), findings };
  },
  tell: ({ findings }) =>
    (findings as Finding[]).map(({ check, ok, detail }) => `${ok ? 'ok   ' : 'WRONG'} ${check}: ${detail}`).join('\n'),
};

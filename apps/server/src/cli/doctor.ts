import { statfs } from 'node:fs/promises';
import { fingerprint } from '../platform/config/config.ts';
import { roleUrls } from '../platform/db/bootstrap.ts';
import { type Finding, inspectDatabase } from '../platform/db/inspect.ts';
import type { Command, CommandCall } from './command.ts';
import { databaseOf } from './installation.ts';

const MIN_FREE_BYTES = 2 * 1024 ** 3;
const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

const inspectMachine = async (dataDir: string): Promise<Finding[]> => {
  const major = Number(process.versions.node.split('.')[0]);
  const disk = await statfs(dataDir);
  const free = disk.bavail * disk.bsize;
  return [
    { check: 'node', ok: major >= 24, detail: `Node ${process.versions.node}; 24 or newer is needed` },
    { check: 'disk', ok: free >= MIN_FREE_BYTES, detail: `${gigabytes(free)} free where ${dataDir} lies` },
  ];
};

const inspect = async ({ config, admin }: CommandCall): Promise<Finding[]> => {
  const { dataDir, secrets } = config();
  const findings = await inspectMachine(dataDir);
  findings.push({ check: 'dataFolder', ok: true, detail: `${dataDir}, secrets ${fingerprint(secrets)}` });
  try {
    const { adminUrl } = await admin();
    const urls = roleUrls(adminUrl, { database: databaseOf(config()), password: secrets.databasePassword });
    findings.push({ check: 'postgres', ok: true, detail: 'answers' }, ...(await inspectDatabase(urls)));
  } catch (error) {
    findings.push({ check: 'postgres', ok: false, detail: (error as Error).message });
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

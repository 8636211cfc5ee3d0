import { rebuildStatistics, verifyStatistics } from '../modules/statistics/index.ts';
import type { Command } from './command.ts';

export const statsVerify: Command = {
  name: 'stats verify',
  describe: 'recomputes every figure from the record and compares',
  run: async ({ open }) => ({ ...(await verifyStatistics(await open())) }),
  tell: ({ ok, measures, differences }) =>
    ok ? `${measures} figures agree with the record` : `${(differences as unknown[]).length} figures differ from the record`,
};

export const statsRebuild: Command = {
  name: 'stats rebuild',
  describe: 'throws the rollups away and folds the record again',
  run: async ({ open, progress }) => ({
    ok: true,
    events: await rebuildStatistics(await open(), (events) => progress(`${events} events`)),
  }),
  tell: ({ events }) => `rebuilt from ${events} events`,
};

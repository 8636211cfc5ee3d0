import type { Command } from './command.ts';

export const statsVerify: Command = {
  name: 'stats verify',
  describe: 'counts what is not counted yet, computes every figure again from the record and compares',
  run: async ({ open }) => {
    const { verifyStatistics } = await import('../modules/statistics/index.ts');
    return { ...(await verifyStatistics(await open())) };
  },
  tell: ({ ok, events, uncounted, lost, measures, differences }) =>
    [
      ok
        ? `${measures} figures agree with the record of ${events} events`
        : `${(differences as unknown[]).length} figures differ from the record of ${events} events`,
      ...(lost ? [`${lost} events are in the record and not in the feed: nothing counts them`] : []),
      ...(uncounted ? [`${uncounted} events came meanwhile and are not compared yet`] : []),
    ].join('\n'),
};

export const statsRebuild: Command = {
  name: 'stats rebuild',
  describe: 'throws the rollups away and folds the record again',
  run: async ({ open, progress }) => {
    const { rebuildStatistics } = await import('../modules/statistics/index.ts');
    return { ok: true, events: await rebuildStatistics(await open(), (events) => progress(`${events} events`)) };
  },
  tell: ({ events }) => `rebuilt from ${events} events`,
};

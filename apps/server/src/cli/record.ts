import type { Command } from './command.ts';

export const recordVerify: Command = {
  name: 'record verify',
  describe: 'verifies every chain, every word, every row and every signed checkpoint of the record',
  run: async ({ open, progress }) => {
    const { verifyRecord } = await import('../modules/record/index.ts');
    return { ...(await verifyRecord(await open(), { onProgress: (cases) => progress(`${cases} cases`) })) };
  },
  tell: ({ ok, cases, events, erased, broken }) =>
    ok
      ? `the record is whole: ${cases} cases, ${events} events, ${erased} erased`
      : `the record is BROKEN in ${(broken as unknown[]).length} places:\n${(broken as { case: string; at: number; why: string }[]).map((one) => `${one.case} at ${one.at}: ${one.why}`).join('\n')}`,
};

export const recordCheckpoint: Command = {
  name: 'record checkpoint',
  describe: 'signs and exports a checkpoint over everything that changed since the last one',
  run: async ({ open }) => {
    const { makeCheckpoint } = await import('../modules/record/index.ts');
    const head = await makeCheckpoint(await open());
    return head ? { ok: true, made: true, ...head } : { ok: true, made: false };
  },
  tell: (result) => (result.made ? `checkpoint ${result.no} over ${result.leaves} cases` : 'nothing changed since the last checkpoint'),
};

import type { Label } from '@tongxin/domain/label/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';

type Staged = Pick<Procedure, 'numberPrefix' | 'stages'>;
const same = (a: Label, b: Label): boolean => a.zh === b.zh && a.en === b.en;

/** Stages of several procedures by id, each with every name it goes by: a list narrowed to one holds them all. */
export const stagesOf = (procedures: readonly Staged[]): readonly { readonly id: string; readonly labels: readonly Label[] }[] => {
  const found = new Map<string, Label[]>();
  for (const { stages } of procedures)
    for (const [id, { label }] of Object.entries(stages)) {
      const labels = found.get(id) ?? [];
      found.set(id, labels.some((one) => same(one, label)) ? labels : [...labels, label]);
    }
  return [...found].map(([id, labels]) => ({ id, labels }));
};

/** What a stage is called in the procedure of a case, which its number begins with. */
export const stageOfNumber = (procedures: readonly Staged[], number: string, stage: string): Label | undefined => {
  const [prefix] = /^[A-Z]+/u.exec(number) ?? [];
  return procedures.find(({ numberPrefix }) => numberPrefix === prefix)?.stages[stage]?.label;
};

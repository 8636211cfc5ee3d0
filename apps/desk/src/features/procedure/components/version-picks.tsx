import type { ProcedureSummary } from '@tongxin/client/shapes.ts';
import { Select } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useProcedureWords } from '../../../lib/procedure/words.ts';

/** A procedure and two of its versions. */
export interface Picked {
  readonly id: string;
  readonly a: number;
  readonly b: number;
}

/**
 * What an address without versions means: of the procedure that has most to choose from, the version before and the newest. `asked` counts
 * where it names what is published.
 */
export const pickedFrom = (versions: readonly ProcedureSummary[], asked: Partial<Picked>): Picked | undefined => {
  const byId = Map.groupBy(versions, (one) => one.id);
  const own =
    (asked.id === undefined ? undefined : byId.get(asked.id)) ?? [...byId.values()].sort((one, other) => other.length - one.length)[0];
  if (!own?.length) return undefined;
  const numbers = own.map(({ version }) => version).sort((one, other) => one - other);
  const known = (version: number | undefined): version is number => version !== undefined && numbers.includes(version);
  const a = known(asked.a) ? asked.a : (numbers.findLast((version) => version !== asked.b && version !== numbers.at(-1)) ?? numbers[0]!);
  const b = known(asked.b) ? asked.b : (numbers.findLast((version) => version !== a) ?? a);
  return { id: own[0]!.id, a, b };
};

interface VersionPicksProps {
  readonly versions: readonly ProcedureSummary[];
  readonly picked: Picked;
  readonly onPick: (picked: Picked) => void;
  readonly labels: { readonly a: string; readonly b: string };
}

/** Which procedure, and which two of its versions. */
export const VersionPicks = ({ versions, picked, onPick, labels }: VersionPicksProps) => {
  const { t, l } = useWords('procedure');
  const words = useProcedureWords();
  const { id, a, b } = picked;
  const byId = Map.groupBy(versions, (one) => one.id);
  const options = (byId.get(id) ?? [])
    .toSorted((one, other) => one.version - other.version)
    .map((one) => ({
      value: one.version,
      label: one.area ? t('procedure.draftOf', { title: words.version(one.version), area: l(one.area) }) : words.version(one.version),
    }));
  return (
    <div className="columns thirds">
      <FormField id="pick-procedure" label={t('migrate.procedure')}>
        {(tied) => (
          <Select
            id={tied.id}
            value={id}
            options={[...byId].map(([value, own]) => ({ value, label: l((own.findLast((one) => !one.areaId) ?? own[0]!).title) }))}
            onChange={(next: string) => {
              const fresh = pickedFrom(versions, { id: next });
              if (fresh) onPick(fresh);
            }}
          />
        )}
      </FormField>
      <FormField id="compare-a" label={labels.a}>
        {(tied) => <Select id={tied.id} value={a} options={options} onChange={(next: number) => onPick({ id, a: next, b })} />}
      </FormField>
      <FormField id="compare-b" label={labels.b}>
        {(tied) => <Select id={tied.id} value={b} options={options} onChange={(next: number) => onPick({ id, a, b: next })} />}
      </FormField>
    </div>
  );
};

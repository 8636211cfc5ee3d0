import type { Label } from '@tongxin/domain/label/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import type { VariantChange } from '@tongxin/domain/variant/schema.ts';
import { Button, Input, Select } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { actionsInOrder, stagesInOrder } from '../../../lib/procedure/order.ts';
import { EditAction } from './edit-action.tsx';
import { EditClock } from './edit-clock.tsx';
import { EditWords } from './edit-words.tsx';

const PARTS = ['actions', 'clocks', 'stages'] as const;
type Part = (typeof PARTS)[number];
const ENTRIES = {
  actions: actionsInOrder,
  clocks: (whole: Procedure) => Object.entries(whole.clocks),
  stages: stagesInOrder,
} as const satisfies Record<Part, (whole: Procedure) => [string, { label: Label }][]>;
/** What is being changed: `general`, or a part and an entry: `actions/resolve`. */
export type Place = string;

interface EditPartProps {
  readonly base: Procedure;
  readonly whole: Procedure;
  readonly change: VariantChange;
  readonly place: Place;
  readonly go: (place: Place) => void;
  readonly onChange: (whole: Procedure) => void;
}

/** Chooses a part of the procedure and changes it. */
export const EditPart = ({ base, whole, change, place, go, onChange }: EditPartProps) => {
  const { t, l } = useWords('procedure');
  const [part, id = ''] = place.split('/') as [Part | 'general', string?];
  const put = (name: Part, entry: object): void => onChange({ ...whole, [name]: { ...whole[name], [id]: entry } });
  const isChanged = part === 'general' ? Boolean(change.title ?? change.source) : change[part]?.[id] !== undefined;
  const undo = (): void => {
    if (part === 'general') onChange({ ...whole, title: base.title, source: base.source });
    else put(part, base[part][id]!);
  };
  const mark = (name: string, changed: boolean): string => (changed ? `${name} · ${t('procedure.partChanged')}` : name);
  const stage = whole.stages[id];
  return (
    <section className="card" aria-label={t('procedure.parts')}>
      <FormField id="part" label={t('procedure.parts')}>
        {(tied) => (
          <Select
            id={tied.id}
            showSearch={{ optionFilterProp: 'label' }}
            value={place}
            onChange={go}
            options={[
              { value: 'general', label: mark(t('procedure.part.general'), Boolean(change.title ?? change.source)) },
              ...PARTS.map((name) => ({
                label: t(`procedure.part.${name}`),
                options: ENTRIES[name](whole).map(([key, entry]) => ({
                  value: `${name}/${key}`,
                  label: mark(l(entry.label), change[name]?.[key] !== undefined),
                })),
              })),
            ]}
          />
        )}
      </FormField>
      <div key={place}>
        {part === 'general' ? (
          <>
            <EditWords
              id="general-title"
              zh={t('procedure.nameZh')}
              en={t('procedure.nameEn')}
              value={whole.title}
              onChange={(title) => title && onChange({ ...whole, title })}
            />
            <FormField id="general-source" label={t('procedure.sourceEdit')}>
              {(tied) => (
                <Input
                  {...tied}
                  maxLength={400}
                  value={whole.source}
                  onChange={(event) => onChange({ ...whole, source: event.target.value })}
                />
              )}
            </FormField>
          </>
        ) : null}
        {part === 'stages' && stage ? (
          <>
            <EditWords
              id="stage-name"
              zh={t('procedure.nameZh')}
              en={t('procedure.nameEn')}
              value={stage.label}
              onChange={(label) => label && put('stages', { ...stage, label })}
            />
            <EditWords
              id="stage-told"
              zh={t('procedure.toldZh')}
              en={t('procedure.toldEn')}
              value={stage.told}
              onChange={(told) => told && put('stages', { ...stage, told })}
            />
          </>
        ) : null}
        {part === 'actions' && whole.actions[id] ? (
          <EditAction id={id} procedure={whole} base={base.actions[id]!} onChange={(action) => put('actions', action)} />
        ) : null}
        {part === 'clocks' && whole.clocks[id] ? (
          <EditClock id={id} procedure={whole} base={base.clocks[id]!} onChange={(clock) => put('clocks', clock)} />
        ) : null}
      </div>
      <p>
        <Button disabled={!isChanged} onClick={undo}>
          {t('procedure.undo')}
        </Button>
      </p>
    </section>
  );
};

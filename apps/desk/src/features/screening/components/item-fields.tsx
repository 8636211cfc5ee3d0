import { useQuery } from '@tanstack/react-query';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { DISPUTE_KINDS, type DisputeKind } from '@tongxin/domain/dispute/schema.ts';
import { namesPerson } from '@tongxin/domain/screening/rules.ts';
import { DEGREES, type Degree, type FoundItem, STEPS, type Step } from '@tongxin/domain/screening/schema.ts';
import { Button, Input, Radio, Select } from 'antd';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { mayDo, meQuery } from '../../../lib/me.ts';
import { ownDisputesQuery } from '../queries.ts';

export interface WrittenItem {
  /** Of the form only. */
  readonly key: string;
  readonly kind?: DisputeKind;
  readonly path: readonly Pick<AreaView, 'id'>[];
  readonly place: string;
  readonly matter: string;
  readonly degree: Degree;
  readonly step: Step;
  readonly caseId?: string;
  /** Of a correction: the item it goes on. */
  readonly goesOn?: number;
}

export const blankItem = (): WrittenItem => ({ key: uuidv7(), path: [], place: '', matter: '', degree: 'low', step: 'watching' });

/** What is sent of an item; undefined while something is missing or speaks of a person. */
export const itemOf = ({ kind, path, place, matter, degree, step, caseId, goesOn }: WrittenItem): FoundItem | undefined => {
  const areaId = path.at(-1)?.id;
  const words = [place.trim(), matter.trim()];
  if (!kind || !areaId || words.some((one) => one === '' || namesPerson(one))) return undefined;
  return { kind, areaId, place: words[0]!, matter: words[1]!, degree, step, ...(caseId ? { caseId } : {}), ...(goesOn ? { goesOn } : {}) };
};

interface ItemFieldsProps {
  readonly n: number;
  readonly item: WrittenItem;
  readonly asked: boolean;
  readonly change: (more: Partial<WrittenItem>) => void;
  readonly remove: (() => void) | undefined;
}

/** One matter: what kind, where, what about, how sharp, what was done. Nothing asks who. */
export const ItemFields = ({ n, item, asked, change, remove }: ItemFieldsProps) => {
  const { t } = useWords('screening');
  const { data: me } = useQuery(meQuery);
  const mediates = mayDo(me, 'mediation.record');
  const { data: disputes = [] } = useQuery({ ...ownDisputesQuery, enabled: mediates });
  const at = (field: string): string => `item-${n}-${field}`;
  const wrong = (words: string): { wrong?: string } => {
    if (namesPerson(words)) return { wrong: t('screening.person') };
    return asked && words.trim() === '' ? { wrong: t('misfit.missing') } : {};
  };
  return (
    <fieldset className="card">
      <legend>{t('screening.item', { n })}</legend>
      <FormField id={at('kind')} label={t('screening.kind')} {...(asked && !item.kind ? { wrong: t('misfit.missing') } : {})}>
        {(tied) => (
          <Select
            {...tied}
            placeholder={t('form.pick')}
            {...(item.kind ? { value: item.kind } : {})}
            onChange={(kind: DisputeKind) => change({ kind })}
            options={DISPUTE_KINDS.map((value) => ({ value, label: t(`dispute.kind.${value}`) }))}
          />
        )}
      </FormField>
      <FormField id={at('area')} label={t('screening.area')} {...(asked && !item.path.length ? { wrong: t('misfit.missing') } : {})}>
        {(tied) => (
          <AreaCascader
            id={tied.id}
            empty={t('screening.choose')}
            value={item.path.map(({ id }) => id)}
            onChange={(path) => change({ path })}
          />
        )}
      </FormField>
      <FormField id={at('place')} label={t('screening.place')} hint={t('screening.placeHint')} {...wrong(item.place)}>
        {(tied) => <Input {...tied} maxLength={80} value={item.place} onChange={(event) => change({ place: event.target.value })} />}
      </FormField>
      <FormField id={at('matter')} label={t('screening.matter')} hint={t('screening.matterHint')} {...wrong(item.matter)}>
        {(tied) => <Input {...tied} maxLength={200} value={item.matter} onChange={(event) => change({ matter: event.target.value })} />}
      </FormField>
      <fieldset className="field">
        <legend>{t('screening.degree')}</legend>
        <Radio.Group
          name={at('degree')}
          value={item.degree}
          onChange={(event) => change({ degree: event.target.value })}
          options={DEGREES.map((value) => ({ value, label: t(`screening.degree.${value}`) }))}
        />
      </fieldset>
      <FormField id={at('step')} label={t('screening.step')}>
        {(tied) => (
          <Select
            {...tied}
            value={item.step}
            onChange={(step: Step) => change({ step })}
            options={STEPS.map((value) => ({ value, label: t(`screening.step.${value}`) }))}
          />
        )}
      </FormField>
      {disputes.length ? (
        <FormField id={at('case')} label={t('screening.case')} hint={t('screening.caseHint')}>
          {(tied) => (
            <Select
              {...tied}
              value={item.caseId ?? ''}
              onChange={(caseId: string) => change(caseId ? { caseId } : { caseId: '' })}
              options={[{ value: '', label: t('screening.caseNone') }, ...disputes.map(({ id, number }) => ({ value: id, label: number }))]}
            />
          )}
        </FormField>
      ) : null}
      {remove ? <Button onClick={remove}>{t('screening.remove', { n })}</Button> : null}
    </fieldset>
  );
};

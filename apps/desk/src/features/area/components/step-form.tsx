import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { suggestCodes } from '@tongxin/domain/area/rezoning/code/rules.ts';
import type { NetAreaView, RezoningStep } from '@tongxin/domain/area/rezoning/schema.ts';
import type { AreaKind, AreaView, Geometry } from '@tongxin/domain/area/schema.ts';
import { Button, Input, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed } from '../../../lib/load-state.tsx';
import type { Sketch } from '../../../lib/map/drawing.ts';
import { ShapeField } from './shape-field.tsx';

export type Task = 'create' | 'dedicated' | 'redraw' | 'split' | 'merge' | 'renumber' | 'rename' | 'retire' | 'hang';

/** What may be made directly below an area of each kind; dedicated grids lie over base grids anywhere. */
const BELOW: Readonly<Record<string, readonly BaseKind[]>> = {
  city: ['district', 'town'],
  district: ['town'],
  town: ['community', 'grid'],
  community: ['grid'],
};
type BaseKind = Exclude<AreaKind, 'city' | 'dedicatedGrid'>;
export const kindsBelow = ({ kind }: NetAreaView): readonly BaseKind[] => BELOW[kind] ?? [];

interface Named {
  readonly areaId: string;
  readonly zh: string;
  readonly en: string;
  readonly code: string;
}

interface StepFormProps {
  readonly task: Task;
  readonly parent: NetAreaView;
  readonly areas: readonly NetAreaView[];
  readonly chosen: readonly NetAreaView[];
  readonly sketch: Sketch;
  readonly onSketch: (sketch: Sketch) => void;
  /** Answers how many parts there are when they are more than were named; throws what was refused. */
  readonly onStep: (step: RezoningStep, parent?: AreaView) => Promise<number | undefined>;
  readonly onClose: () => void;
}

const boundaryOf = (sketch: Sketch): Geometry | undefined =>
  sketch.positions.length >= 3 ? { type: 'Polygon', coordinates: [[...sketch.positions, sketch.positions[0]!]] } : undefined;

const nameOf = ({ zh, en }: Named) => ({ zh: zh.trim(), ...(en.trim() ? { en: en.trim() } : {}) });
const madeOf = (one: Named) => ({ areaId: one.areaId, name: nameOf(one), ...(one.code.trim() ? { code: one.code.trim() } : {}) });

const DRAWN: ReadonlySet<Task> = new Set(['create', 'dedicated', 'redraw', 'split']);
export const penOf = (task: Task | undefined) => (task === 'split' ? 'linestring' : task && DRAWN.has(task) ? 'polygon' : undefined);

/** Rows of names and codes that a task begins with. */
const beginnings = (
  { task, parent, areas, chosen }: Pick<StepFormProps, 'task' | 'parent' | 'areas' | 'chosen'>,
  n: number,
  made: BaseKind | undefined,
): Named[] => {
  const [first] = chosen;
  const kind = task === 'dedicated' ? 'dedicatedGrid' : task === 'create' ? made : first?.kind;
  const codes =
    kind === 'grid' || kind === 'dedicatedGrid'
      ? suggestCodes(
          areas.map(({ code }) => code),
          parent.code,
          kind,
          n,
        )
      : [];
  const blank = (i: number): Named => ({ areaId: uuidv7(), zh: '', en: '', code: codes[i] ?? '' });
  if (task === 'create' || task === 'dedicated') return [blank(0)];
  if (task === 'merge') return [{ ...blank(0), zh: first?.name.zh ?? '', en: first?.name.en ?? '' }];
  if (task === 'renumber' || task === 'rename' || task === 'hang')
    return first ? [{ areaId: first.id, zh: first.name.zh, en: first.name.en ?? '', code: first.code ?? '' }] : [];
  if (task !== 'split') return [];
  return Array.from({ length: n }, (_, i) => ({
    ...blank(i),
    zh: `${first?.name.zh ?? ''}-${i + 1}`,
    en: first?.name.en ? `${first.name.en}-${i + 1}` : '',
  }));
};

/** One change of the net: its fields, its sketch, and what was refused. */
export const StepForm = (props: StepFormProps) => {
  const { task, parent, areas, chosen, sketch, onSketch, onStep, onClose } = props;
  const { t, l, of } = useWords();
  const kinds = kindsBelow(parent);
  // What there is already is what more is wanted of.
  const [kind, setKind] = useState(
    () => kinds.find((one) => areas.some((area) => area.parentId === parent.id && area.kind === one)) ?? kinds[0],
  );
  const [rows, setRows] = useState(() => beginnings(props, 2, kind));
  const [fit, setFit] = useState<'trim' | 'push'>('trim');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const pen = penOf(task);
  const [first] = chosen;
  const [above, setAbove] = useState<readonly AreaView[]>([]);
  const to = above.at(-1);

  const step = (): RezoningStep | undefined => {
    const [row] = rows;
    const boundary = boundaryOf(sketch);
    const ids = chosen.map(({ id }) => id);
    switch (task) {
      case 'create':
        return row && kind && { do: 'create', kind, parentId: parent.id, ...madeOf(row), ...(boundary ? { boundary, fit } : {}) };
      case 'dedicated':
        return (
          row && {
            do: 'create',
            kind: 'dedicatedGrid',
            parentId: parent.id,
            ...madeOf(row),
            ...(boundary ? { boundary, fit: 'trim' } : {}),
          }
        );
      case 'redraw':
        return first && boundary && { do: 'redraw', areaId: first.id, boundary, fit };
      case 'split':
        return first && { do: 'split', areaId: first.id, line: sketch.positions.map(([lon, lat]) => [lon, lat]), parts: rows.map(madeOf) };
      case 'merge':
        return row && { do: 'merge', areaIds: ids, into: madeOf(row) };
      case 'renumber':
        return row && { do: 'renumber', areaId: row.areaId, code: row.code.trim() };
      case 'rename':
        return row && { do: 'rename', areaId: row.areaId, name: nameOf(row) };
      case 'retire':
        return first && { do: 'retire', areaId: first.id };
      case 'hang': {
        const code = row?.code.trim();
        return first && to && { do: 'hang', areaId: first.id, parentId: to.id, ...(code && code !== first.code ? { code } : {}) };
      }
      default:
        return task satisfies never;
    }
  };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const made = step();
    if (!made) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const parts = await onStep(made, to);
      if (parts) setRows([...rows, ...beginnings(props, parts, kind).slice(rows.length)]);
    } catch (refused) {
      setProblem(refused);
    } finally {
      setBusy(false);
    }
  };
  const change = (i: number, changed: Partial<Named>): void => setRows(rows.map((row, at) => (at === i ? { ...row, ...changed } : row)));
  const asksName = task !== 'renumber' && task !== 'retire' && task !== 'redraw' && task !== 'hang';
  const asksCode = asksName ? task !== 'rename' : task === 'renumber' || task === 'hang';
  const madeKind = task === 'dedicated' ? 'dedicatedGrid' : task === 'create' ? kind : first?.kind;
  const isGrid = madeKind === 'grid' || madeKind === 'dedicatedGrid';
  const short = pen === 'polygon' ? sketch.positions.length < 3 && task === 'redraw' : pen === 'linestring' && sketch.positions.length < 2;
  return (
    <form className="card" onSubmit={(event) => void send(event)} aria-labelledby="step-title">
      <h2 id="step-title">{task === 'create' ? t('areas.newOf', { kind: of('areas.kind', kind ?? '', '') }) : t(`areas.task.${task}`)}</h2>
      <p className="quiet">{t(`areas.about.${task}`)}</p>
      {chosen.length > 0 && task !== 'create' && task !== 'dedicated' ? <p>{chosen.map((one) => l(one.name)).join('、')}</p> : null}
      {task === 'create' && kinds.length > 1 ? (
        <fieldset className="field">
          <legend>{t('areas.kind')}</legend>
          <Radio.Group
            value={kind}
            onChange={({ target }) => {
              setKind(target.value);
              // Its number is of its kind; the name stays.
              setRows(rows.map((row) => ({ ...row, code: beginnings(props, 1, target.value)[0]?.code ?? '' })));
            }}
            options={kinds.map((value) => ({ value, label: of('areas.kind', value, value) }))}
          />
        </fieldset>
      ) : null}
      {pen ? <ShapeField pen={pen} sketch={sketch} onSketch={onSketch} /> : null}
      {task === 'create' || task === 'redraw' ? (
        <fieldset className="field">
          <legend>{t('areas.fit')}</legend>
          <Radio.Group
            value={fit}
            onChange={({ target }) => setFit(target.value)}
            options={[
              { value: 'trim', label: t('areas.fit.trim') },
              { value: 'push', label: t('areas.fit.push') },
            ]}
          />
        </fieldset>
      ) : null}
      {task === 'hang' ? (
        <FormField id="hang-below" label={t('areas.below')}>
          {({ id }) => <AreaCascader id={id} empty={t('areas.chooseArea')} value={above.map((area) => area.id)} onChange={setAbove} />}
        </FormField>
      ) : null}
      {rows.map((row, i) => (
        <fieldset className="field" key={row.areaId}>
          {task === 'split' ? <legend>{t('areas.part', { n: i + 1 })}</legend> : null}
          {asksName ? (
            <>
              <FormField id={`name-${i}`} label={t('areas.name')}>
                {(tied) => (
                  <Input {...tied} required maxLength={60} value={row.zh} onChange={({ target }) => change(i, { zh: target.value })} />
                )}
              </FormField>
              <FormField id={`english-${i}`} label={t('areas.nameEn')}>
                {(tied) => <Input {...tied} maxLength={120} value={row.en} onChange={({ target }) => change(i, { en: target.value })} />}
              </FormField>
            </>
          ) : null}
          {asksCode ? (
            <FormField id={`code-${i}`} label={t('areas.code')} hint={t(isGrid ? 'areas.codeHint' : 'areas.codeHintAbove')}>
              {(tied) => (
                <Input
                  {...tied}
                  required={task === 'renumber'}
                  maxLength={15}
                  inputMode="numeric"
                  value={row.code}
                  onChange={({ target }) => change(i, { code: target.value })}
                />
              )}
            </FormField>
          ) : null}
        </fieldset>
      ))}
      {problem ? <Failed problem={problem} /> : null}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={busy} disabled={short || (task === 'hang' && !to)}>
          {t('areas.addStep')}
        </Button>
        <Button onClick={onClose}>{t('areas.cancel')}</Button>
      </div>
    </form>
  );
};

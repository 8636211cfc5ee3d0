import { useQuery } from '@tanstack/react-query';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { type BulkAction, MOST, type Preview } from '@tongxin/domain/bulk/schema.ts';
import { inputOf, type Misfits, misfits, type Values } from '@tongxin/ui/field.ts';
import { Alert, Button, Drawer, Progress } from 'antd';
import { type FormEvent, useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { actOnMany, type BulkStep, previewBulk } from '../mutations.ts';
import { previewQuery } from '../queries.ts';
import { AnswerField } from './answer-field.tsx';
import { BulkRows, type Result } from './bulk-rows.tsx';

interface BulkDrawerProps {
  readonly ids: readonly string[];
  /** An action to begin with, by its id, where the cases allow it. */
  readonly wanted: string | undefined;
  readonly close: (acted: boolean) => void;
  readonly openCase: (id: string) => void;
}

/** One action on several cases: which, with what answers, what each will come to, how each went, and the way back where there is one. */
export const BulkDrawer = ({ ids, wanted, close, openCase }: BulkDrawerProps) => {
  const { t } = useWords();
  const first = ids.slice(0, MOST);
  const [turn, setTurn] = useState<{ ids: readonly string[]; wanted: string | undefined }>({ ids: first, wanted });
  const [acted, setActed] = useState(false);
  const query = useQuery(previewQuery(turn.ids));
  return (
    <Drawer
      open
      title={t('bulk.title', { n: turn.ids.length })}
      onClose={() => close(acted)}
      size={760}
      mask={{ closable: false }}
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      {ids.length > MOST ? <Alert type="info" className="field" title={t('bulk.most', { most: MOST })} /> : null}
      <Loaded query={query}>
        {(preview) => (
          <Turn
            key={`${turn.wanted} ${turn.ids.length}`}
            preview={preview}
            wanted={turn.wanted}
            acted={() => setActed(true)}
            undo={(done, action) => setTurn({ ids: done, wanted: action })}
            close={() => close(acted)}
            openCase={openCase}
          />
        )}
      </Loaded>
    </Drawer>
  );
};

interface TurnProps {
  readonly preview: Preview;
  readonly wanted: string | undefined;
  readonly acted: () => void;
  readonly undo: (ids: readonly string[], action: string) => void;
  readonly close: () => void;
  readonly openCase: (id: string) => void;
}

const Turn = ({ preview, wanted, acted, undo, close, openCase }: TurnProps) => {
  const { t, l } = useWords();
  const [action, setAction] = useState<BulkAction | undefined>(() => preview.actions.find(({ id }) => id === wanted));
  if (preview.actions.length === 0)
    return (
      <>
        <p>{t('bulk.none')}</p>
        <BulkRows rows={preview.rows} results={new Map()} openCase={openCase} />
      </>
    );
  if (!action)
    return (
      <>
        <h2>{t('bulk.which')}</h2>
        <ul className="cards">
          {preview.actions.map((one) => (
            <li key={one.key} className="row spread">
              <Button type={one.n === preview.rows.length ? 'primary' : 'default'} onClick={() => setAction(one)}>
                {l(one.label)}
              </Button>
              <span className="quiet">{t('bulk.allow', { n: one.n, all: preview.rows.length })}</span>
            </li>
          ))}
        </ul>
        <p className="quiet">{t('bulk.evidenceHint')}</p>
      </>
    );
  return (
    <OneAction
      key={action.key}
      preview={preview}
      action={action}
      another={() => setAction(undefined)}
      acted={acted}
      undo={undo}
      close={close}
      openCase={openCase}
    />
  );
};

interface OneActionProps extends Omit<TurnProps, 'wanted'> {
  readonly action: BulkAction;
  readonly another: () => void;
}

const OneAction = ({ preview, action, another, acted, undo, close, openCase }: OneActionProps) => {
  const { t, l, of, why } = useWords();
  const [values, setValues] = useState<Values>({});
  const [wrong, setWrong] = useState<Misfits>({});
  const [looked, setLooked] = useState<{ preview: Preview; input: Record<string, unknown>; steps: readonly BulkStep[] }>();
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map());
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const done = [...results].flatMap(([id, result]) => (result.ok ? [id] : []));
  const failed = looked?.steps.filter(({ id }) => results.get(id)?.ok === false) ?? [];

  const lookAhead = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const found = misfits(action.form, values);
    setWrong(found);
    if (Object.keys(found).length) return;
    setRunning(true);
    setProblem(undefined);
    const input = inputOf(action.form, values);
    try {
      const shown = await previewBulk({ ids: preview.rows.map(({ id }) => id), actionKey: action.key, input });
      const steps = shown.rows.flatMap(({ id, version, outcome }) =>
        outcome?.ok && version !== undefined ? [{ id, version, commandId: uuidv7() }] : [],
      );
      setLooked({ preview: shown, input, steps });
    } catch (failure) {
      setProblem(failure);
    }
    setRunning(false);
  };
  const run = async (steps: readonly BulkStep[]): Promise<void> => {
    setRunning(true);
    acted();
    await actOnMany(steps, action.id, looked!.input, (id, failure) =>
      setResults((was) => new Map(was).set(id, failure === undefined ? { ok: true } : { ok: false, why: why(failure) })),
    );
    setRunning(false);
  };

  if (!looked)
    return (
      <form onSubmit={(event) => void lookAhead(event)} noValidate aria-label={l(action.label)}>
        <h2>{l(action.label)}</h2>
        {action.form.map((field) => (
          <AnswerField
            key={field.id}
            field={field}
            value={values[field.id]}
            wrong={wrong[field.id] ? of('misfit', wrong[field.id]!, t('misfit.other')) : undefined}
            suggested={[]}
            onChange={(value) => setValues((now) => ({ ...now, [field.id]: value ?? undefined }))}
          />
        ))}
        <p className="quiet">{t('bulk.sameAnswers')}</p>
        <p className="quiet">{action.undo ? t('bulk.undoBy', { action: l(action.undo.label) }) : t('bulk.noUndo')}</p>
        <Wrong problem={problem} />
        <div className="row">
          <Button type="primary" htmlType="submit" loading={running}>
            {t('bulk.preview')}
          </Button>
          <Button onClick={another}>{t('bulk.another')}</Button>
        </div>
      </form>
    );
  const finished = results.size > 0 && !running;
  return (
    <>
      <h2>{l(action.label)}</h2>
      <p role="status">
        {results.size
          ? t('bulk.progress', { done: done.length, failed: results.size - done.length, all: looked.steps.length })
          : t('bulk.will', { n: looked.steps.length, not: looked.preview.rows.length - looked.steps.length })}
      </p>
      {results.size ? (
        <Progress
          percent={Math.round((100 * results.size) / Math.max(1, looked.steps.length))}
          aria-label={t('bulk.progressLabel')}
          status={running ? 'active' : failed.length ? 'exception' : 'success'}
        />
      ) : null}
      <div className="row field">
        {finished ? (
          <>
            {failed.length ? (
              <Button type="primary" onClick={() => void run(failed)}>
                {t('bulk.again', { n: failed.length })}
              </Button>
            ) : null}
            {action.undo && done.length ? (
              <Button onClick={() => undo(done, action.undo!.id)}>
                {t('bulk.undo', { action: l(action.undo.label), n: done.length })}
              </Button>
            ) : null}
            <Button type={failed.length ? 'default' : 'primary'} onClick={close}>
              {t('bulk.close')}
            </Button>
          </>
        ) : (
          <>
            <Button type="primary" loading={running} disabled={looked.steps.length === 0} onClick={() => void run(looked.steps)}>
              {t('bulk.run', { action: l(action.label), n: looked.steps.length })}
            </Button>
            <Button disabled={running} onClick={() => setLooked(undefined)}>
              {t('bulk.back')}
            </Button>
          </>
        )}
      </div>
      <BulkRows rows={looked.preview.rows} results={results} openCase={openCase} />
      {finished && !action.undo && done.length ? <p className="quiet">{t('bulk.noUndo')}</p> : null}
    </>
  );
};

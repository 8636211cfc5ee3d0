import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { factLabel, factValueLabel } from '@tongxin/domain/procedure/facts/rules.ts';
import { factsToSay, sameStages } from '@tongxin/domain/procedure/migrate/rules.ts';
import type { MigrationPreview } from '@tongxin/domain/procedure/migrate/schema.ts';
import type { FactValue, Procedure } from '@tongxin/domain/procedure/schema.ts';
import { Alert, Button, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { meQuery } from '../../../lib/me.ts';
import { stagesInOrder } from '../../../lib/procedure/order.ts';
import { useProcedureWords } from '../../../lib/procedure/words.ts';
import { Wrong } from '../../../lib/wrong.tsx';
import { prepareMigration, previewMigration } from '../mutations.ts';

interface MigrateFormProps {
  readonly before: Procedure;
  readonly after: Procedure;
  /** Only this case. */
  readonly one?: { readonly caseId: string; readonly number: string };
}

const PreviewTable = ({ preview }: { preview: MigrationPreview }) => {
  const { t, l } = useWords('procedure');
  return (
    <table className="plain stacked">
      <thead>
        <tr>
          <th scope="col">{t('migrate.before')}</th>
          <th scope="col">{t('migrate.after')}</th>
          <th scope="col" className="n">
            {t('migrate.cases')}
          </th>
          <th scope="col" className="n">
            {t('migrate.moves')}
          </th>
          <th scope="col">{t('migrate.stays')}</th>
        </tr>
      </thead>
      <tbody>
        {preview.stages.map((row) => {
          const moving = row.cases - row.refused.reduce((sum, one) => sum + one.cases, 0);
          return (
            <tr key={row.stage}>
              <th scope="row">{l(row.label)}</th>
              <td data-label={t('migrate.after')}>{row.to ? l(row.to.label) : '–'}</td>
              <td className="n" data-label={t('migrate.cases')}>
                {row.cases}
              </td>
              <td className="n" data-label={t('migrate.moves')}>
                {moving}
              </td>
              <td className="quiet" data-label={t('migrate.stays')}>
                {row.refused.length
                  ? row.refused.map((one) => (
                      <div key={one.why}>
                        {one.cases} × {one.why}
                      </div>
                    ))
                  : '–'}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

/** Declares how running cases go on, shows what would become of them, and moves them. */
export const MigrateForm = ({ before, after, one }: MigrateFormProps) => {
  const { t, l } = useWords('procedure');
  const words = useProcedureWords();
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const own = me?.posts.find((post) => post.capabilities.includes('procedure.vary'));
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const [stages, setStages] = useState<Readonly<Record<string, string>>>(() => sameStages(before, after).stages);
  const [facts, setFacts] = useState<Readonly<Record<string, FactValue>>>({});
  const [preview, setPreview] = useState<MigrationPreview>();
  const [send, setSend] = useState(() => prepareMigration());
  const [going, setGoing] = useState<{ moved: number; refused: number; done: boolean }>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const areaId = path.at(-1)?.id ?? own?.areaId;
  const said = factsToSay(before, after);
  const asked = {
    procedureId: before.id,
    from: before.version,
    to: after.version,
    areaId: areaId ?? '',
    mapping: { stages, ...(Object.keys(facts).length ? { facts } : {}) },
    ...(one ? { caseId: one.caseId } : {}),
  };
  const edit = (): void => {
    setPreview(undefined);
    setGoing(undefined);
    setSend(() => prepareMigration());
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    await work().catch(setProblem);
    setBusy(false);
  };
  const look = () => attempt(async () => setPreview(await previewMigration(asked)));
  const move = () =>
    attempt(async () => {
      let sum = { moved: 0, refused: 0 };
      for (let next: string | undefined, begun = false; !begun || next; begun = true) {
        const part = await send({ ...asked, ...(next ? { after: next } : {}) });
        sum = { moved: sum.moved + part.moved, refused: sum.refused + part.refused };
        next = part.next;
        setGoing({ ...sum, done: !next });
      }
      setPreview(undefined);
      // Lists, pages and figures of cases.
      await client.invalidateQueries();
    });
  const open = stagesInOrder(before).filter(([, stage]) => stage.end === undefined);
  const into = stagesInOrder(after)
    .filter(([, stage]) => stage.end === undefined)
    .map(([value, stage]) => ({ value, label: l(stage.label) }));
  return (
    <>
      <section className="card" aria-label={t('migrate.mapping')}>
        {one ? (
          <p>{t('migrate.oneCase', { number: one.number })}</p>
        ) : (
          <FormField id="migrate-area" label={t('migrate.area')}>
            {(tied) => (
              <AreaCascader
                id={tied.id}
                empty={own ? l(own.area) : t('form.pick')}
                value={path.map(({ id }) => id)}
                onChange={(next) => {
                  edit();
                  setPath(next);
                }}
              />
            )}
          </FormField>
        )}
        <h2>{t('migrate.mapping')}</h2>
        <table className="plain stacked">
          <thead>
            <tr>
              <th scope="col">{t('migrate.before')}</th>
              <th scope="col">{t('migrate.after')}</th>
            </tr>
          </thead>
          <tbody>
            {open.map(([id, stage]) => (
              <tr key={id}>
                <th scope="row">
                  <label htmlFor={`migrate-${id}`}>{l(stage.label)}</label>
                </th>
                <td>
                  <Select
                    id={`migrate-${id}`}
                    className="whole-width"
                    value={stages[id] ?? ''}
                    options={[{ value: '', label: t('migrate.keep') }, ...into]}
                    onChange={(next: string) => {
                      edit();
                      const { [id]: _, ...rest } = stages;
                      setStages(next ? { ...rest, [id]: next } : rest);
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {said.length ? (
          <fieldset className="field">
            <legend>{t('migrate.fact', { n: said.length })}</legend>
            <p className="quiet">{t('migrate.factHint')}</p>
            {said.map((fact) => (
              <div key={fact} className="row">
                <label htmlFor={`fact-${fact}`}>{l(factLabel(after, fact))}</label>
                <Select
                  id={`fact-${fact}`}
                  allowClear
                  style={{ minWidth: 160 }}
                  value={facts[fact]}
                  options={after.facts[fact]!.map((value) => ({ value, label: l(factValueLabel(after, fact, value)) }))}
                  onChange={(next?: FactValue) => {
                    edit();
                    const { [fact]: _, ...rest } = facts;
                    setFacts(next === undefined ? rest : { ...rest, [fact]: next });
                  }}
                />
              </div>
            ))}
          </fieldset>
        ) : null}
        <p>
          <Button type={preview ? 'default' : 'primary'} disabled={!areaId} loading={busy && !preview} onClick={() => void look()}>
            {t('migrate.preview')}
          </Button>
        </p>
      </section>
      <Wrong problem={problem} />
      {preview ? (
        <section className="card wide" aria-label={t('migrate.preview')}>
          <p role="status">
            {preview.cases === 0
              ? t('migrate.none')
              : t('migrate.sum', {
                  cases: preview.cases,
                  moving: preview.moving,
                  version: words.version(after.version),
                  kept: preview.cases - preview.moving,
                })}
          </p>
          {preview.cases ? <PreviewTable preview={preview} /> : null}
          {preview.moving ? (
            <p>
              <Popconfirm
                title={t('migrate.sure', { n: preview.moving, version: words.version(after.version) })}
                description={t('migrate.sureHint')}
                okText={t('migrate.do', { n: preview.moving })}
                cancelText={t('form.cancel')}
                onConfirm={() => void move()}
              >
                <Button type="primary" loading={busy}>
                  {t('migrate.do', { n: preview.moving })}
                </Button>
              </Popconfirm>
            </p>
          ) : null}
        </section>
      ) : null}
      {going ? (
        <Alert
          role="status"
          type={going.done ? 'success' : 'info'}
          showIcon
          title={going.done ? t('migrate.done', { moved: going.moved, refused: going.refused }) : t('migrate.going', { n: going.moved })}
        />
      ) : null}
    </>
  );
};

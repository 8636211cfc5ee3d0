import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import type { ProcedureSummary, ProcedureUse } from '@tongxin/client/shapes.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { formatEntered, localDate } from '@tongxin/ui/time.ts';
import { Button, Drawer, Input, Select } from 'antd';
import { type FormEvent, useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useProcedureWords } from '../../../lib/procedure/words.ts';
import { Wrong } from '../../../lib/wrong.tsx';
import { dropProcedureUse, prepareUse } from '../mutations.ts';

interface UseListProps {
  readonly versions: readonly ProcedureSummary[];
  readonly uses: readonly ProcedureUse[];
  readonly mayVary: boolean;
}

const UseDrawer = ({ versions, close }: { versions: readonly ProcedureSummary[]; close: () => void }) => {
  const { t, l } = useWords('procedure');
  const words = useProcedureWords();
  const client = useQueryClient();
  const [send] = useState(prepareUse);
  const [version, setVersion] = useState(`${versions[0]!.id}/${versions[0]!.version}`);
  const [path, setPath] = useState<readonly AreaView[]>([]);
  const [from, setFrom] = useState(() => localDate(Date.now()));
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const areaId = path.at(-1)?.id;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!areaId || !note.trim()) return;
    const [procedureId = '', number] = version.split('/');
    setBusy(true);
    setProblem(undefined);
    try {
      await send({ procedureId, version: Number(number), areaId, from, note: note.trim() });
      await client.invalidateQueries({ queryKey: keys.procedures });
      close();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <Drawer open title={t('procedure.use')} onClose={close} size={520} styles={{ wrapper: { maxWidth: '100vw' } }}>
      <form onSubmit={(event) => void submit(event)} noValidate aria-label={t('procedure.use')}>
        <p className="quiet">{t('procedure.useHint')}</p>
        <FormField id="use-version" label={t('procedure.versionHead')}>
          {(tied) => (
            <Select
              id={tied.id}
              value={version}
              onChange={setVersion}
              options={versions.map((one) => ({
                value: `${one.id}/${one.version}`,
                label: t('procedure.draftOf', { title: l(one.title), area: words.version(one.version) }),
              }))}
            />
          )}
        </FormField>
        <FormField id="use-area" label={t('procedure.useArea')} wrong={tried && !areaId ? t('procedure.areaMissing') : undefined}>
          {(tied) => <AreaCascader id={tied.id} empty={t('form.pick')} value={path.map(({ id }) => id)} onChange={setPath} />}
        </FormField>
        <FormField id="use-from" label={t('procedure.from')}>
          {(tied) => (
            <Input {...tied} type="date" value={from} min={localDate(Date.now())} onChange={(event) => setFrom(event.target.value)} />
          )}
        </FormField>
        <FormField id="use-note" label={t('procedure.note')} wrong={tried && !note.trim() ? t('procedure.noteMissing') : undefined}>
          {(tied) => <Input.TextArea {...tied} maxLength={400} value={note} onChange={(event) => setNote(event.target.value)} />}
        </FormField>
        <Wrong problem={problem} />
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('procedure.useDo')}
        </Button>
      </form>
    </Drawer>
  );
};

/** Which version new cases of which area follow, and from which day. */
export const UseList = ({ versions, uses, mayVary }: UseListProps) => {
  const { t, l, language } = useWords('procedure');
  const words = useProcedureWords();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const today = localDate(Date.now());
  const drop = async (id: string): Promise<void> => {
    setProblem(undefined);
    await dropProcedureUse(id).catch(setProblem);
    await client.invalidateQueries({ queryKey: keys.procedures });
  };
  const titleOf = (use: ProcedureUse): string => {
    const found = versions.find((one) => one.id === use.procedureId && one.version === use.version);
    return t('procedure.draftOf', { title: found ? l(found.title) : use.procedureId, area: words.version(use.version) });
  };
  return (
    <section className="card wide" aria-label={t('procedure.uses')}>
      <div className="row">
        <h2>{t('procedure.uses')}</h2>
        {mayVary ? <Button onClick={() => setOpen(true)}>{t('procedure.use')}</Button> : null}
      </div>
      <p className="quiet">{t('procedure.usesHint')}</p>
      <Wrong problem={problem} />
      {uses.length ? (
        <table className="plain stacked">
          <thead>
            <tr>
              <th scope="col">{t('procedure.useArea')}</th>
              <th scope="col">{t('procedure.versionHead')}</th>
              <th scope="col">{t('procedure.from')}</th>
              <th scope="col">{t('procedure.note')}</th>
            </tr>
          </thead>
          <tbody>
            {uses.toReversed().map((use) => (
              <tr key={use.id}>
                <th scope="row">{use.area ? l(use.area) : ''}</th>
                <td data-label={t('procedure.versionHead')}>
                  <Link to="/procedures/$id/$version" params={{ id: use.procedureId, version: String(use.version) }}>
                    {titleOf(use)}
                  </Link>
                </td>
                <td data-label={t('procedure.from')}>
                  {formatEntered(use.from, language)}{' '}
                  {mayVary && use.from > today ? (
                    <Button size="small" onClick={() => void drop(use.id)} aria-label={`${t('procedure.useDrop')} ${titleOf(use)}`}>
                      {t('procedure.useDrop')}
                    </Button>
                  ) : null}
                </td>
                <td data-label={t('procedure.note')}>{use.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p>{t('procedure.usesNone')}</p>
      )}
      {open ? <UseDrawer versions={versions} close={() => setOpen(false)} /> : null}
    </section>
  );
};

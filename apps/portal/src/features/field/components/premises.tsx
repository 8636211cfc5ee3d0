import type { PremisesView } from '@tongxin/domain/premises/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { useEffect, useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { fieldApi, recordKey } from '../../../lib/field/device.ts';
import { kept } from '../../../lib/field/kept.ts';
import { localRecord } from '../../../lib/field/records.ts';
import { useDevice } from '../../../lib/field/use-device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { formOf, knownPremises } from '../queries.ts';
import { Conflicts } from './conflicts.tsx';
import { type Ground, Inside } from './inside.tsx';
import { NewPremises } from './new-premises.tsx';
import { RecordForm } from './record-form.tsx';
import { UndoList } from './undo-list.tsx';

const ENOUGH = 60;
const said = ({ name, address }: PremisesView, words: string): boolean =>
  `${name} ${address}`.toLowerCase().includes(words.trim().toLowerCase());

const LookUp = (ground: Ground) => {
  const { bundle } = ground;
  const { f } = useFieldWords();
  const [words, setWords] = useState('');
  const [more, setMore] = useState<readonly PremisesView[]>([]);
  const known = useDevice(() => knownPremises(bundle), [bundle]) ?? [];
  const here = known.filter((one) => said(one, words));
  const wanted = words.trim();
  useEffect(() => {
    setMore([]);
    if (wanted.length < 2 || !navigator.onLine) return;
    const stop = new AbortController();
    const later = setTimeout(() => void fieldApi.findPremises(wanted, stop.signal).then(setMore, () => undefined), 400);
    return () => {
      clearTimeout(later);
      stop.abort();
    };
  }, [wanted]);
  const beyond = more.filter(({ id }) => !here.some((one) => one.id === id));
  return (
    <>
      <FormField id="look-up" label={f('premises.lookUp')} hint={f('premises.lookUpHint')}>
        {(tied) => <input {...tied} type="text" value={words} onInput={(event) => setWords(event.currentTarget.value)} />}
      </FormField>
      {here.length + beyond.length === 0 ? <p>{f('premises.none')}</p> : null}
      <NewPremises ground={ground} known={known} />
      <ul class="list">
        {[...here, ...beyond].slice(0, ENOUGH).map((one) => (
          <li key={one.id}>
            <Link to={`/field/premises/${one.id}`} class="line">
              <strong>{one.name}</strong>
              <span class="small">
                {f(`premisesKind.${one.kind}`)} · {one.address}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
};

export const PremisesListPage = () => {
  const { f } = useFieldWords();
  return <Inside title={f('premises.title')}>{(ground) => <LookUp {...ground} />}</Inside>;
};

/** Takes one along that was found with signal. */
const takeOne = async (view: PremisesView): Promise<void> => {
  const key = recordKey('premises', view.id);
  if (await kept.get('record', key)) return;
  await kept.put('record', key, {
    kind: 'premises',
    subjectId: view.id,
    formId: view.formId,
    formVersion: view.formVersion,
    name: view.name,
    areaId: view.areaId,
    fields: view.fields,
    version: view.version,
    status: 'none',
    at: new Date().toISOString(),
  });
};

const Premises = ({ id, ground }: { id: string; ground: Ground }) => {
  const { f, l, language } = useFieldWords();
  const known = useDevice(() => knownPremises(ground.bundle), [ground.bundle]);
  const view = known?.find((one) => one.id === id);
  useEffect(() => {
    if (view) void takeOne(view);
  }, [view]);
  const form = view && formOf(ground.bundle, view.formId, view.formVersion);
  const local = useDevice(async () => ({ found: await localRecord('premises', id, form) }), [id, form]);
  if (!local) return null;
  const formThen = form ?? (local.found && formOf(ground.bundle, local.found.record.formId, local.found.record.formVersion));
  if (!local.found) return <p>{f('records.notHere')}</p>;
  return (
    <>
      <p>
        <strong>{local.found.record.name}</strong>
      </p>
      {view ? (
        <p class="small">
          {[
            f(`premisesKind.${view.kind}`),
            view.address,
            local.found.waiting ? f('records.waits') : f('premises.updated', { at: formatShort(view.updatedAt, language) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      ) : null}
      <Conflicts subjectId={id} form={formThen} />
      {view?.duties.length ? (
        <section>
          <h2>{f('premises.duties')}</h2>
          <ul>
            {view.duties.map((duty) => (
              <li key={duty.words.zh}>
                <strong>{f(`dutyOf.${duty.who}`)}</strong> {l(duty.words)}
                {duty.source ? <span class="small"> {duty.source}</span> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <h2>{f('premises.facts')}</h2>
        {formThen ? <RecordForm key={id} form={formThen} local={local.found} finishes={false} /> : <p>{f('forms.none')}</p>}
      </section>
      <UndoList subjectId={id} form={formThen} />
    </>
  );
};

export const PremisesPage = ({ id }: { id: string }) => {
  const { f } = useFieldWords();
  return <Inside title={f('premises.one')}>{(ground) => <Premises id={id} ground={ground} />}</Inside>;
};

import type { Operation } from '@tongxin/client/operations.ts';
import type { PartyDetails } from '@tongxin/client/shapes.ts';
import type { AllowedAction, CaseView } from '@tongxin/domain/case/view.ts';
import type { Field, Procedure } from '@tongxin/domain/procedure/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { useEffect, useState } from 'preact/hooks';
import type { ActBody } from '../../../lib/field/device.ts';
import { fieldApi, keepWholeCase } from '../../../lib/field/device.ts';
import { useDevice } from '../../../lib/field/use-device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { keptCase } from '../queries.ts';
import { CaseAct } from './case-act.tsx';
import { type Ground, Inside } from './inside.tsx';
import { Tasks } from './tasks.tsx';

/** Questions a phone can ask; bodies and persons are chosen at the desk. */
const ASKABLE: readonly Field['type'][] = ['text', 'longText', 'choice', 'boolean', 'date', 'instant', 'integer'];
const askable = ({ form }: Pick<AllowedAction, 'form'>): boolean => form.every(({ type, required }) => !required || ASKABLE.includes(type));

/** Steps of handling that may follow one that waits; whether they may, the server says when they arrive. */
const HANDLING = ['firstContact', 'reportProgress', 'resolve'];

type Offered = Pick<AllowedAction, 'id' | 'label' | 'form' | 'evidence' | 'primary'> & { readonly to?: string };

/** What may be done now: what the server allowed, or, after steps that wait, what the procedure lets follow. */
export const offeredActions = (view: CaseView, procedure: Procedure | undefined, waiting: readonly Operation<ActBody>[]): Offered[] => {
  const goesTo = (id: string): { to?: string } => {
    const to = procedure?.actions[id]?.to;
    return to && to !== 'same' ? { to } : {};
  };
  if (waiting.length === 0) return view.allowed.filter(askable).map((one) => ({ ...one, ...goesTo(one.id) }));
  const stage = waiting.reduce((at, { body }) => body.to ?? at, view.stage);
  return HANDLING.flatMap((id): Offered[] => {
    const action = procedure?.actions[id];
    if (!action?.from.includes(stage) || waiting.some(({ body }) => body.action.action === id && id !== 'reportProgress')) return [];
    return [
      {
        id,
        label: action.label,
        form: action.form ?? [],
        ...(action.evidence ? { evidence: action.evidence } : {}),
        primary: action.primary ?? false,
        ...goesTo(id),
      },
    ];
  }).filter(askable);
};

const PURPOSES = ['contact', 'verify'] as const;

/** Name and telephone of a party: asked for with a purpose, shown and not kept. */
const Contact = ({ view }: { view: CaseView }) => {
  const { f, why } = useFieldWords();
  const party = view.parties.find(({ readable }) => readable);
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('contact');
  const [details, setDetails] = useState<PartyDetails>();
  const [wrong, setWrong] = useState<string>();
  if (!party) return null;
  const read = (): void => {
    fieldApi
      .readParty(view.id, party.id, { purpose: f(`contact.${purpose}`), fields: ['name', 'phone'] })
      .then(setDetails, (problem) => setWrong(why(problem)));
  };
  return (
    <section>
      <h2>{f('contact.title')}</h2>
      {details ? (
        <p>
          {details.name ?? f('contact.noName')} {details.phone ? <a href={`tel:${details.phone}`}>{details.phone}</a> : null}
        </p>
      ) : (
        <>
          <p class="hint">{f('contact.hint')}</p>
          <FormField id="purpose" label={f('contact.purpose')}>
            {(tied) => (
              <select {...tied} value={purpose} onChange={(event) => setPurpose(event.currentTarget.value as typeof purpose)}>
                {PURPOSES.map((one) => (
                  <option key={one} value={one}>
                    {f(`contact.${one}`)}
                  </option>
                ))}
              </select>
            )}
          </FormField>
          <button type="button" onClick={read}>
            {f('contact.see')}
          </button>
        </>
      )}
      {wrong ? (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      ) : null}
    </section>
  );
};

const Case = ({ id, ground }: { id: string; ground: Ground }) => {
  const { f, l, t, why, language } = useFieldWords();
  const found = useDevice(async () => ({ kept: await keptCase(id) }), [id]);
  const [open, setOpen] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    setProblem(undefined);
    void keepWholeCase(id).catch(setProblem);
  }, [id]);
  if (!found) return null;
  if (!found.kept)
    return problem ? (
      <p class="wrong" role="alert">
        {why(problem)}
      </p>
    ) : (
      <p class="state" role="status">
        {t('load.loading')}
      </p>
    );
  const { view, at, procedure, waiting, answering } = found.kept;
  const offered = offeredActions(view, procedure, waiting);
  const place = view.address ?? view.areaLabels.map(l).join(' ');
  const due = view.clocks.find(({ clock, status, dueAt }) => clock === 'handling' && status === 'running' && dueAt);
  return (
    <>
      <p class="small">
        {view.number} · {l(view.stageLabel)}
      </p>
      <h2>{view.title}</h2>
      {due?.dueAt ? <p class={`due ${due.light}`}>{f('today.due', { at: formatShort(due.dueAt, language) })}</p> : null}
      {view.text && view.text !== view.title ? <p class="words">{view.text}</p> : null}
      {place ? (
        <p>
          {f('case.place')} {place}
        </p>
      ) : null}
      {view.files.length > 0 ? (
        <ul class="photos">
          {view.files
            .filter(({ kind }) => kind === 'photo')
            .map(({ id: fileId, url }, i) => (
              <li key={fileId}>
                <a href={url}>
                  <img src={url} alt={t('report.photo', { n: i + 1 })} loading="lazy" />
                </a>
              </li>
            ))}
        </ul>
      ) : null}
      <Contact view={view} />
      {waiting.length > 0 ? (
        <section class="notice" role="status">
          <h3>{f('case.waits')}</h3>
          <ol>
            {waiting.map(({ id: operation, body }) => (
              <li key={operation}>{l(body.label)}</li>
            ))}
          </ol>
        </section>
      ) : null}
      <Tasks view={view} bodies={ground.me.posts.map(({ organizationId }) => organizationId)} waiting={answering} />
      <section>
        <h2>{f('case.canDo')}</h2>
        {offered.length === 0 ? <p>{f('case.nothing')}</p> : null}
        {offered.map((action) =>
          open === action.id ? (
            <CaseAct
              key={action.id}
              view={view}
              action={action}
              place={place}
              unit={[ground.me.posts[0] && l(ground.me.posts[0].organization), ground.me.posts[0] && l(ground.me.posts[0].title)]
                .filter(Boolean)
                .join(' · ')}
              close={() => setOpen(undefined)}
            />
          ) : (
            <button
              key={action.id}
              type="button"
              class={action.primary ? 'primary wide way-button' : 'wide way-button'}
              onClick={() => setOpen(action.id)}
            >
              {l(action.label)}
            </button>
          ),
        )}
      </section>
      <p class="small">{f('case.asOf', { at: formatShort(at, language) })}</p>
    </>
  );
};

export const CasePage = ({ id }: { id: string }) => {
  const { f } = useFieldWords();
  return <Inside title={f('case.title')}>{(ground) => <Case id={id} ground={ground} />}</Inside>;
};

import type { FieldCase } from '@tongxin/domain/field/view.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { go, Link } from '../../../app/router.tsx';
import { queue } from '../../../lib/field/device.ts';
import { hereNow } from '../../../lib/field/here.ts';
import { kept } from '../../../lib/field/kept.ts';
import { inOrderOfWalking, type Stop } from '../../../lib/field/route.ts';
import { useDevice } from '../../../lib/field/use-device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { freshen, leave } from '../../../lib/field/worker.ts';
import { Tick } from '../../../lib/form/field.tsx';
import { allRecords } from '../queries.ts';
import { type Ground, Inside } from './inside.tsx';
import { Way, type WayStop } from './way.tsx';

const LATE: readonly string[] = ['red', 'amber'];

const CaseLine = ({ one }: { one: FieldCase }) => {
  const { f, l, language } = useFieldWords();
  const due = one.dueAt;
  return (
    <Link to={`/field/cases/${one.id}`} class="line">
      <strong>{one.title}</strong>
      <span class="small">
        {one.number} · {l(one.stageLabel)}
      </span>
      {due ? (
        <span class={`small due ${one.light}`}>
          {f(`light.${one.light}`)} · {f('today.due', { at: formatShort(due, language) })}
        </span>
      ) : null}
    </Link>
  );
};

const Leave = () => {
  const { f } = useFieldWords();
  const waits = useDevice(async () => (await queue.all()).filter(({ state }) => state !== 'sent').length, []);
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <button type="button" class="plain" onClick={() => setAsking(true)}>
        {f('leave.do')}
      </button>
    );
  return (
    <div class="notice" role="alertdialog" aria-label={f('leave.do')}>
      <p>{waits ? f('leave.waits', { n: waits }) : f('leave.hint')}</p>
      <div class="row">
        <button type="button" class={waits ? undefined : 'primary'} onClick={() => void leave().then(() => go('/field'))}>
          {f(waits ? 'leave.eraseAndLeave' : 'leave.do')}
        </button>
        <button type="button" onClick={() => setAsking(false)}>
          {f('leave.stay')}
        </button>
      </div>
    </div>
  );
};

/** Records that are still open, of one kind, newest first. */
const OpenOnes = ({ kind }: { kind: 'patrol' | 'visit' }) => {
  const { f, language } = useFieldWords();
  const open = useDevice(async () => (await allRecords(kind)).filter(({ status }) => status === 'open'), [kind]);
  if (!open?.length) return null;
  return (
    <section>
      <h2>{f(kind === 'patrol' ? 'today.patrols' : 'today.visits')}</h2>
      <ul class="list">
        {open.map(({ record }) => (
          <li key={record.id}>
            <Link to={`/field/${kind}s/${record.subjectId}`} class="line">
              <strong>{record.name}</strong>
              <span class="small">{f('today.begun', { at: formatShort(record.at, language) })}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Day = ({ bundle, takenAt, me }: Ground) => {
  const { f, l, why, language } = useFieldWords();
  const [order, setOrder] = useState<readonly WayStop[]>();
  const places = useDevice(async () => new Map((await kept.all('case')).map(({ view }) => [view.id, view.point])), []);
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const take = async (areaId?: string): Promise<void> => {
    setBusy(true);
    setWrong(undefined);
    await freshen(true, areaId).catch((problem) => setWrong(why(problem)));
    setBusy(false);
  };
  const cases = [...(bundle?.cases ?? [])].sort(
    (a, b) => Number(LATE.includes(b.light)) - Number(LATE.includes(a.light)) || (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'),
  );
  const stops: (Stop & WayStop)[] = [
    ...cases.flatMap(({ id, title, point: told }) => {
      const point = told ?? places?.get(id);
      return point ? [{ id, title, point, to: `/field/cases/${id}` }] : [];
    }),
    ...(bundle?.premises ?? []).flatMap(({ id, name, point }) =>
      point && bundle?.visits.some((visit) => visit.premisesId === id && visit.status === 'open')
        ? [{ id, title: name, point, to: `/field/premises/${id}` }]
        : [],
    ),
  ];
  const plan = async (on: boolean): Promise<void> => {
    if (!on) return setOrder(undefined);
    // Without a place of one's own, from the first stop.
    const from = await hereNow().catch(() => stops[0]?.point);
    setOrder(from ? inOrderOfWalking(from, stops) : []);
  };
  return (
    <>
      <p class="small">
        {bundle ? l(bundle.area.label) : ''}
        {me.posts[0] ? ` · ${l(me.posts[0].title)}` : ''}
      </p>
      <div class="quick">
        <Link to="/field/new" class="button primary wide">
          {f('today.new')}
        </Link>
        <div class="row">
          <Link to="/field/patrols" class="button">
            {f('today.startPatrol')}
          </Link>
          <Link to="/field/visits" class="button">
            {f('today.startVisit')}
          </Link>
        </div>
      </div>
      {(bundle?.areas.length ?? 0) > 1 ? (
        <label class="field">
          <span class="label">{f('today.area')}</span>
          <select value={bundle?.area.id} onChange={(event) => void take(event.currentTarget.value)}>
            {bundle?.areas.map((area) => (
              <option key={area.id} value={area.id}>
                {l(area.label)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <section>
        <h2>{f('today.cases')}</h2>
        {stops.length > 1 ? (
          <Tick label={f('today.way')} hint={f('today.wayHint')} checked={order !== undefined} onChange={(on) => void plan(on)} />
        ) : null}
        {order ? (
          <Way stops={order} />
        ) : cases.length > 0 ? (
          <ul class="list">
            {cases.map((one) => (
              <li key={one.id}>
                <CaseLine one={one} />
              </li>
            ))}
          </ul>
        ) : (
          <p>{f(bundle ? 'today.noCases' : 'today.nothingTaken')}</p>
        )}
      </section>
      <OpenOnes kind="patrol" />
      <OpenOnes kind="visit" />
      <section class="aside">
        <p class="small">{takenAt ? f('today.taken', { at: formatShort(takenAt, language) }) : f('today.neverTaken')}</p>
        {wrong ? (
          <p class="wrong" role="alert">
            {wrong}
          </p>
        ) : null}
        <div class="row">
          <button type="button" disabled={busy} onClick={() => void take()}>
            {f('today.take')}
          </button>
          <Leave />
        </div>
      </section>
    </>
  );
};

export const TodayPage = () => {
  const { f } = useFieldWords();
  return <Inside title={f('today.title')}>{(ground) => <Day {...ground} />}</Inside>;
};

import type { SosView } from '@tongxin/domain/sos/schema.ts';
import { formatTime } from '@tongxin/ui/time.ts';
import { useEffect, useRef, useState } from 'preact/hooks';
import { fieldApi, queue, type SosBody } from '../../../lib/field/device.ts';
import { hereNow } from '../../../lib/field/here.ts';
import { useDevice } from '../../../lib/field/use-device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { callForHelp } from '../mutations.ts';
import { Inside } from './inside.tsx';

const HOLD_MS = 1500;
const LOOK_MS = 5000;
const DAY_MS = 86_400_000;

/** Held, not touched: a call in a pocket is a false one. Whoever cannot hold it down presses it once and is asked the same question. */
const HoldButton = ({ held }: { held: () => void }) => {
  const { f } = useFieldWords();
  const [down, setDown] = useState(false);
  const [short, setShort] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const begin = (): void => {
    if (timer.current) return;
    setDown(true);
    setShort(false);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      setDown(false);
      held();
    }, HOLD_MS);
  };
  const end = (): void => {
    if (!timer.current) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    setDown(false);
    setShort(true);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <>
      <button
        type="button"
        class={down ? 'sos-hold down' : 'sos-hold'}
        onPointerDown={begin}
        onPointerUp={end}
        onPointerLeave={end}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if ((event.key === 'Enter' || event.key === ' ') && !event.repeat) {
            event.preventDefault();
            begin();
          }
        }}
        onKeyUp={end}
        onClick={(event) => {
          // Pressed by a screen reader or a switch: there is nothing to hold.
          if (event.detail === 0) held();
        }}
      >
        {f(down ? 'sos.holding' : 'sos.hold')}
      </button>
      {short ? <p role="status">{f('sos.longer')}</p> : null}
    </>
  );
};

const Call = ({ id, pressedAt, waiting }: { id: string; pressedAt: string; waiting: boolean }) => {
  const { f, l, language } = useFieldWords();
  const [view, setView] = useState<SosView>();
  useEffect(() => {
    if (waiting) return;
    let here = true;
    const look = (): void =>
      void fieldApi.listSos().then(
        (calls) => here && setView(calls.find((call) => call.id === id)),
        () => undefined,
      );
    look();
    const again = setInterval(look, LOOK_MS);
    return () => {
      here = false;
      clearInterval(again);
    };
  }, [id, waiting]);
  if (waiting)
    return (
      <div class="notice bad" role="alert">
        <h2>{f('sos.notOut')}</h2>
        <p>{f('sos.notOutHint', { at: formatTime(pressedAt, language) })}</p>
        <div class="row">
          <button type="button" onClick={() => void queue.flush()}>
            {f('sos.tryNow')}
          </button>
          <button type="button" onClick={() => void queue.drop(id)}>
            {f('sos.cancel')}
          </button>
        </div>
      </div>
    );
  if (view?.endedAt) return <p class="notice">{f('sos.ended', { at: formatTime(view.endedAt, language) })}</p>;
  return (
    <div class="notice" role="status">
      <h2>{f('sos.out', { at: formatTime(pressedAt, language) })}</h2>
      <p>{view ? f('sos.told', { n: view.told }) : f('sos.outHint')}</p>
      {view?.acknowledgedAt ? (
        <p>
          <strong>
            {f('sos.seen', {
              at: formatTime(view.acknowledgedAt, language),
              who: view.acknowledgedBy ? l(view.acknowledgedBy) : f('conflict.somebody'),
            })}
          </strong>
        </p>
      ) : null}
      {view?.mayEnd ? (
        <button type="button" onClick={() => void fieldApi.endSos(id).then(setView, () => undefined)}>
          {f('sos.end')}
        </button>
      ) : null}
    </div>
  );
};

const Sos = () => {
  const { f, t } = useFieldWords();
  const [asking, setAsking] = useState(false);
  const calls = useDevice(
    async () =>
      (await queue.all())
        .filter(({ kind, state, queuedAt }) => kind === 'sos' && (state !== 'sent' || Date.now() - Date.parse(queuedAt) < DAY_MS))
        .slice(-1),
    [],
  );
  const send = async (): Promise<void> => {
    setAsking(false);
    // The call goes first; where, if the phone knows it soon enough.
    const point = await Promise.race([
      hereNow().catch(() => undefined),
      new Promise<undefined>((done) => setTimeout(done, 3000, undefined)),
    ]);
    await callForHelp(point ? { point } : {});
  };
  return (
    <>
      <p>{f('sos.what')}</p>
      <p>
        <a class="button danger-call" href="tel:110">
          {t('danger.call', { number: 110 })}
        </a>
      </p>
      {asking ? (
        <div class="notice bad" role="alertdialog" aria-label={f('sos.sure')}>
          <h2>{f('sos.sure')}</h2>
          <div class="row">
            <button type="button" class="danger-call" ref={(node) => node?.focus()} onClick={() => void send()}>
              {f('sos.send')}
            </button>
            <button type="button" onClick={() => setAsking(false)}>
              {f('sos.cancel')}
            </button>
          </div>
        </div>
      ) : (
        <HoldButton held={() => setAsking(true)} />
      )}
      {calls?.map(({ id, body, state }) => (
        <Call key={id} id={id} pressedAt={(body as SosBody).pressedAt} waiting={state !== 'sent'} />
      ))}
      <p class="small">{f('sos.privacy')}</p>
    </>
  );
};

export const SosPage = () => {
  const { f } = useFieldWords();
  return <Inside title={f('sos.title')}>{() => <Sos />}</Inside>;
};

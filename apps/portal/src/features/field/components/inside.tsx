import type { Me } from '@tongxin/client/shapes.ts';
import type { Bundle } from '@tongxin/domain/field/view.ts';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Link, usePath } from '../../../app/router.tsx';
import { queue } from '../../../lib/field/device.ts';
import { kept } from '../../../lib/field/kept.ts';
import { useDevice } from '../../../lib/field/use-device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { freshen, lookAgain, useWorker } from '../../../lib/field/worker.ts';
import { SignIn } from './sign-in.tsx';

/** What every page of the app stands on. */
export interface Ground {
  readonly me: Me;
  /** What was taken along; absent before the first time. */
  readonly bundle: Bundle | undefined;
  readonly takenAt: string | undefined;
}

const TABS = [
  { to: '/field', word: 'tab.today' },
  { to: '/field/patrols', word: 'tab.patrols' },
  { to: '/field/visits', word: 'tab.visits' },
  { to: '/field/premises', word: 'tab.premises' },
  { to: '/field/outbox', word: 'tab.outbox' },
] as const;

const Tabs = () => {
  const { f } = useFieldWords();
  const path = usePath();
  const waits = useDevice(async () => {
    const [operations, conflicts] = await Promise.all([queue.all(), kept.all('conflict')]);
    const open = operations.filter(({ state }) => state !== 'sent');
    return { n: open.length + conflicts.length, asks: conflicts.length > 0 || open.some(({ state }) => state === 'refused') };
  }, []);
  return (
    <nav class="tabs" aria-label={f('tab.all')}>
      {TABS.map(({ to, word }) => (
        <Link key={to} to={to} class={path === to ? 'here' : undefined} current={path === to}>
          {f(word)}
          {to === '/field/outbox' && waits?.n ? (
            <span class={waits.asks ? 'count asks' : 'count'}>
              {waits.n}
              <span class="unseen">{f(waits.asks ? 'tab.asks' : 'tab.waits')}</span>
            </span>
          ) : null}
        </Link>
      ))}
    </nav>
  );
};

/** Frame of every page for those who work outside: who works here, what was taken along, where to go, and the way to call for help. */
export const Inside = ({ title, children }: { title: string; children: (ground: Ground) => ComponentChildren }) => {
  const { f, t, why } = useFieldWords();
  const worker = useWorker();
  const found = useDevice(async () => ({ kept: await kept.get('bundle') }), []);
  const signedIn = worker.state === 'here' && worker.signedIn;
  useEffect(() => {
    if (signedIn) void freshen().catch(() => undefined);
  }, [signedIn]);
  if (worker.state === 'looking' || (worker.state === 'here' && !found))
    return (
      <p class="state" role="status">
        {t('load.loading')}
      </p>
    );
  if (worker.state === 'failed')
    return (
      <div class="state" role="alert">
        <h1 tabIndex={-1}>{f('signIn.title')}</h1>
        <p>{why(worker.problem)}</p>
        <button type="button" onClick={() => void lookAgain()}>
          {t('load.again')}
        </button>
      </div>
    );
  if (worker.state === 'nobody') return <SignIn />;
  return (
    <div class="outdoors">
      {worker.signedIn ? null : <SignIn again />}
      <div class="head">
        <h1 tabIndex={-1}>{title}</h1>
        <Link to="/field/sos" class="button sos">
          {f('sos.short')}
        </Link>
      </div>
      {children({ me: worker.me, bundle: found?.kept?.bundle, takenAt: found?.kept?.at })}
      <Tabs />
    </div>
  );
};

import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useRouter } from '@tanstack/react-router';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { Alert, Button } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useCommands } from '../../../lib/commands.ts';
import { useDrafts } from '../../../lib/draft/drafts.ts';
import { useWords, withWords } from '../../../lib/i18n/i18n.tsx';
import { rememberedList } from '../../../lib/inbox/place.ts';
import { LightMark } from '../../../lib/light-mark.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { mayDo, meQuery } from '../../../lib/me.ts';
import { useShortcuts } from '../../../lib/shortcuts.ts';
import { caseQuery } from '../queries.ts';
import { ActDrawer } from './act-drawer.tsx';
import { CaseFacts, CaseWords, isDispute } from './case-facts.tsx';
import { Clocks } from './clocks.tsx';
import { CopyText } from './copy-text.tsx';
import { Documents } from './documents.tsx';
import { LeaseBanner } from './lease-banner.tsx';
import { NoteForm } from './note-form.tsx';
import { Parties } from './parties.tsx';
import { Place } from './place.tsx';
import { Record } from './record.tsx';
import { Similar } from './similar.tsx';
import { Tasks } from './tasks.tsx';
import { Telephone } from './telephone.tsx';
import { Way } from './way.tsx';

const offer = withWords(() => import('./mediation-drawer.tsx'), 'dispute');
const MediationDrawer = lazy(() => offer().then((module) => ({ default: module.MediationDrawer })));

export const CasePage = () => {
  const { t } = useWords();
  const { id } = useParams({ from: '/inside/cases/$id' });
  const query = useQuery(caseQuery(id));
  return (
    <>
      <p>
        <Link to="/" search={rememberedList()} resetScroll={false}>
          ‹ {t('case.back')}
        </Link>
      </p>
      <Loaded query={query}>{(view) => <Case key={view.id} view={view} />}</Loaded>
    </>
  );
};

const Case = ({ view }: { view: CaseView }) => {
  const { t, l } = useWords();
  const { data: me } = useQuery(meQuery);
  const [offering, setOffering] = useState(false);
  const [acting, setActing] = useState<CaseView['allowed'][number]>();
  const unsent = useDrafts(me?.personId).filter(({ caseId }) => caseId === view.id);
  const router = useRouter();
  const caseKeys = useMemo(
    () => ({
      u: () => void router.navigate({ to: '/', search: rememberedList(), resetScroll: false }),
      ...Object.fromEntries(view.allowed.slice(0, 9).map((action, i) => [String(i + 1), () => setActing(action)])),
    }),
    [view.allowed, router],
  );
  useShortcuts(caseKeys);
  useCommands(
    useMemo(
      () =>
        view.allowed.map((action, i) => ({
          id: action.id,
          label: l(action.label),
          hint: i < 9 ? String(i + 1) : '',
          run: () => setActing(action),
        })),
      [view.allowed, l],
    ),
  );
  const worst = (['red', 'amber', 'provisional', 'paused', 'green'] as const).find((light) =>
    view.clocks.some((clock) => clock.light === light && clock.status !== 'stopped'),
  );
  return (
    <>
      <div className="row">
        <h1>{view.title || view.number}</h1>
        <Mark tone="good">{l(view.stageLabel)}</Mark>
        {view.ended ? <Mark>{t('case.ended')}</Mark> : worst ? <LightMark light={worst} /> : null}
      </div>
      <p className="row">
        {view.title ? <span className="quiet">{view.number}</span> : null}
        {isDispute(view) ? (
          <Link to="/disputes/$id" params={{ id: view.id }}>
            {t('dispute.open')}
          </Link>
        ) : (
          <CopyText view={view} />
        )}
      </p>
      {view.mainCaseId ? (
        <Alert
          type="info"
          className="field"
          title={t('case.mergedInto')}
          action={
            <Link to="/cases/$id" params={{ id: view.mainCaseId }}>
              {t('case.openMain')}
            </Link>
          }
        />
      ) : null}
      {view.reader === 'staff' && !view.ended ? <LeaseBanner caseId={view.id} acting={acting !== undefined} /> : null}
      <section className="card" aria-labelledby="actions">
        <h2 id="actions">{t('case.actions')}</h2>
        {view.allowed.length ? (
          <div className="row">
            {view.allowed.map((action, i) => (
              <Button
                key={action.id}
                type={action.primary ? 'primary' : 'default'}
                {...(i < 9 ? { 'aria-keyshortcuts': String(i + 1) } : {})}
                onClick={() => setActing(action)}
              >
                {l(action.label)}
                {unsent.some((draft) => draft.action === action.id) ? <span className="unsent">{t('draft.mark')}</span> : null}
              </Button>
            ))}
          </div>
        ) : (
          <p className="quiet">{t('case.noActions')}</p>
        )}
      </section>
      <div className="columns case">
        <div>
          <CaseWords view={view} />
          <Way view={view} />
          <section className="card" aria-labelledby="record">
            <h2 id="record">{t('case.record')}</h2>
            <Record record={view.record} told={t(isDispute(view) ? 'dispute.told' : 'record.told')} />
            <NoteForm caseId={view.id} hint={t(isDispute(view) ? 'dispute.noteHint' : 'note.hint')} />
          </section>
          <Documents caseId={view.id} />
          {isDispute(view) && mayDo(me, 'mediation.record') ? (
            <p>
              <Link to="/cases/$id/dossier" params={{ id: view.id }}>
                {t('dossier.title')}
              </Link>
            </p>
          ) : null}
        </div>
        <div>
          <Clocks clocks={view.clocks} />
          <Place view={view} />
          <CaseFacts view={view} />
          <Parties view={view} />
          {view.reader === 'staff' ? <Telephone caseId={view.id} /> : null}
          <Tasks view={view} bodies={me?.posts.map((post) => post.organizationId) ?? []} dispatches={mayDo(me, 'case.dispatch')} />
          {view.reader === 'staff' && !isDispute(view) ? <Similar view={view} /> : null}
          {view.reader === 'staff' && !view.ended && view.procedureId !== 'hearing' && mayDo(me, 'hearing.convene') ? (
            <p>
              <Link to="/hearings/new" search={{ case: view.id }}>
                {t('hearing.new')}
              </Link>
            </p>
          ) : null}
          {view.reader === 'staff' && !isDispute(view) && view.procedureId !== 'hearing' && mayDo(me, 'case.register') ? (
            <p>
              <Button onClick={() => setOffering(true)}>{t('toMediation.offer')}</Button>
            </p>
          ) : null}
        </div>
      </div>
      <Suspense>{offering ? <MediationDrawer view={view} close={() => setOffering(false)} /> : null}</Suspense>
      {acting && me ? (
        <ActDrawer key={acting.id} view={view} action={acting} personId={me.personId} close={() => setActing(undefined)} />
      ) : null}
    </>
  );
};

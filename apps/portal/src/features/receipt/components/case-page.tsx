import { ApiProblem } from '@tongxin/client/problem.ts';
import { useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { api } from '../../../lib/services.ts';
import { getReceipt } from '../queries.ts';
import { ActForm } from './act-form.tsx';
import { Dispute } from './dispute.tsx';
import { FollowedPage } from './followed-page.tsx';
import { Files, Happened } from './happened.tsx';
import { Limits } from './limits.tsx';
import { Mediation } from './mediation.tsx';
import { Notify } from './notify.tsx';
import { RateTap } from './rate-tap.tsx';
import { Readings } from './readings.tsx';
import { Share } from './share.tsx';
import { Standing } from './standing.tsx';

/** The case of a query code; or what its holder follows. */
const openCode = async (code: string, signal: AbortSignal) => {
  try {
    return await getReceipt(code, signal);
  } catch (problem) {
    if (!(problem instanceof ApiProblem) || problem.status !== 404) throw problem;
    return { followed: await api.getFollowed(code, signal) };
  }
};

const STAFF_ONLY = new Set(['organization', 'person', 'case']);

/** One's own matter, opened by its query code. */
export const CasePage = ({ code }: { code: string }) => {
  const { t, l, language } = useWords();
  const { loaded, reload, show } = useLoad((signal) => openCode(code, signal), [code, language]);
  const [acting, setActing] = useState<string>();
  const [said, setSaid] = useState(false);
  const [asked, setAsked] = useState(0);
  if (loaded.state !== 'ready') {
    const unknown = loaded.state === 'failed' && loaded.problem instanceof ApiProblem && [400, 404, 422].includes(loaded.problem.status);
    return (
      <>
        <h1 tabIndex={-1}>{t('track.title')}</h1>
        {unknown ? (
          <div class="state" role="alert">
            <p>{t('track.notFound')}</p>
            <Link to="/track" class="button primary">
              {t('track.again')}
            </Link>
          </div>
        ) : (
          <LoadState loaded={loaded} again={reload} />
        )}
      </>
    );
  }
  if ('followed' in loaded.data) return <FollowedPage code={code} view={loaded.data.followed} />;
  const view = loaded.data;
  const open = view.allowed.filter(({ form }) => !form.some((field) => field.required && STAFF_ONLY.has(field.type)));
  const action = open.find(({ id }) => id === acting);
  return (
    <>
      <h1 tabIndex={-1}>{view.title || l(view.stageLabel)}</h1>
      <p class="row">
        <span>
          {t('case.number')} {view.number}
        </span>
        <button
          type="button"
          onClick={() => {
            reload();
            setAsked((n) => n + 1);
          }}
        >
          {t('case.reload')}
        </button>
      </p>
      <Standing view={view} />
      <RateTap
        code={code}
        view={view}
        changed={reload}
        done={(next) => {
          show(next);
          setActing(undefined);
          setSaid(true);
        }}
      />
      <div role="status">{said ? <p class="notice">{t('form.done')}</p> : null}</div>
      {open.length ? (
        <section>
          <h2>{t('case.canDo')}</h2>
          <div class="row">
            {open.map((one) => (
              <button
                key={one.id}
                type="button"
                class={one.primary ? 'primary' : undefined}
                aria-expanded={acting === one.id}
                onClick={() => {
                  setSaid(false);
                  setActing(one.id);
                }}
              >
                {l(one.label)}
              </button>
            ))}
          </div>
          {action ? (
            <ActForm
              key={action.id}
              code={code}
              view={view}
              action={action}
              changed={reload}
              cancel={() => setActing(undefined)}
              done={(next) => {
                show(next);
                setActing(undefined);
                setSaid(true);
              }}
            />
          ) : null}
        </section>
      ) : null}
      {view.procedureId === 'mediation' && !view.ended ? <Mediation code={code} changed={reload} /> : null}
      {view.procedureId === 'mediation' ? <Dispute code={code} version={view.version} changed={reload} /> : null}
      <Limits view={view} />
      <Notify code={code} />
      <Share code={code} />
      <section>
        <h2>{t('case.happened')}</h2>
        <Happened code={code} record={view.record} />
      </section>
      <section>
        <h2>{t(view.procedureId === 'mediation' ? 'dispute.about' : view.procedureId === 'hearing' ? 'case.about' : 'case.what')}</h2>
        <p class="words">{view.text ?? t('case.erased')}</p>
        {view.address ? (
          <p>
            {t('case.place')}
            {language === 'zh' ? '：' : ': '}
            {view.address}
          </p>
        ) : null}
        <Files code={code} files={view.files} />
      </section>
      <section>
        <h2>{t('readings.title')}</h2>
        <p class="hint">{t('readings.hint')}</p>
        <Readings key={asked} code={code} />
      </section>
    </>
  );
};

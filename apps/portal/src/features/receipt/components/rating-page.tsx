import { ApiProblem } from '@tongxin/client/problem.ts';
import { useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { api } from '../../../lib/services.ts';

/** What the link of a message opens: one question, one tap. Nothing of the device is asked or kept. */
export const RatingPage = ({ code }: { code: string }) => {
  const { t, l, why, language } = useWords();
  const { loaded, reload, show } = useLoad((signal) => api.getRating(code, signal), [code, language]);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  if (loaded.state !== 'ready')
    return (
      <>
        <h1 tabIndex={-1}>{t('rate.title')}</h1>
        {loaded.state === 'failed' && loaded.problem instanceof ApiProblem && loaded.problem.status === 404 ? (
          <div class="state" role="alert">
            <p>{t('rate.gone')}</p>
            <Link to="/track" class="button primary">
              {t('track.title')}
            </Link>
          </div>
        ) : (
          <LoadState loaded={loaded} again={reload} />
        )}
      </>
    );
  const view = loaded.data;
  const rate = async (value: string): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { rated } = await api.rate(code, value);
      show({ ...view, rated });
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  return (
    <>
      <h1 tabIndex={-1}>{l(view.question)}</h1>
      <p>
        {t('case.number')} {view.number} · {l(view.label)}
      </p>
      <div class="ways">
        {view.options.map((option) => (
          <button
            key={option.value}
            type="button"
            class={view.rated === option.value ? 'primary wide' : 'wide'}
            aria-pressed={view.rated === option.value}
            disabled={busy || (view.rated !== undefined && view.rated !== option.value)}
            onClick={() => void rate(option.value)}
          >
            {l(option.label)}
          </button>
        ))}
      </div>
      <div role="status">
        {view.rated ? (
          <>
            <p class="notice">{t('rate.thanks')}</p>
            <p>{t('rate.more')}</p>
            <Link to="/track" class="button">
              {t('track.title')}
            </Link>
          </>
        ) : null}
      </div>
      {problem ? (
        <p class="wrong" role="alert">
          {why(problem)}
        </p>
      ) : null}
    </>
  );
};

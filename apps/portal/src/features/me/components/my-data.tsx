import type { ErasureView } from '@tongxin/domain/account/schema.ts';
import { useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { Tick } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import { erase } from '../mutations.ts';
import { erasure } from '../queries.ts';

const What = ({ view }: { view: ErasureView }) => {
  const { t } = useWords();
  return (
    <>
      <h3>{t('erasure.goes')}</h3>
      <ul>
        {view.erased.map((one) => (
          <li key={one}>{t(`erasure.${one}`, { n: view.ended })}</li>
        ))}
      </ul>
      <h3>{t('erasure.stays')}</h3>
      <ul>
        {view.kept.map((one) => (
          <li key={one}>{t(`erasure.${one}`, { n: view.open })}</li>
        ))}
      </ul>
    </>
  );
};

/** A copy of what is kept, and giving the account up: said before what goes and what stays, and why. */
export const MyData = () => {
  const { t } = useWords();
  const { loaded, reload } = useLoad(erasure, []);
  const [sure, setSure] = useState(false);
  const [gone, setGone] = useState<ErasureView>();
  const { busy, wrong, said, run } = useDoing();
  if (gone)
    return (
      <>
        <h1 tabIndex={-1}>{t('erasure.done')}</h1>
        <What view={gone} />
        <Link to="/" class="button primary">
          {t('app.home')}
        </Link>
      </>
    );
  return (
    <>
      <h1 tabIndex={-1}>{t('me.data')}</h1>
      <section>
        <h2>{t('me.copy')}</h2>
        <p>{t('me.copyHint')}</p>
        <a class="button primary wide" href="/api/v1/me/copy" download="tongxin-my-data.zip">
          {t('me.copySubmit')}
        </a>
      </section>
      <section>
        <h2>{t('erasure.title')}</h2>
        {loaded.state === 'ready' ? <What view={loaded.data} /> : <LoadState loaded={loaded} again={reload} />}
        <Tick label={t('erasure.sure')} checked={sure} onChange={setSure} />
        <button type="button" class="wide" disabled={!sure || busy} onClick={() => run(async () => setGone(await erase()))}>
          {t('erasure.submit')}
        </button>
        <Outcome wrong={wrong} said={said} />
      </section>
      <Link to="/me" class="button">
        {t('me.back')}
      </Link>
    </>
  );
};

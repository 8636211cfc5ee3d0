import type { OwnAdvice } from '@tongxin/domain/reception/schema.ts';
import { formatDay } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import { eraseAdvice } from '../mutations.ts';
import { advice } from '../queries.ts';

const One = ({ one, show }: { one: OwnAdvice; show: (left: OwnAdvice[]) => void }) => {
  const { t, l, language } = useWords();
  const [sure, setSure] = useState(false);
  const { busy, wrong, said, run } = useDoing();
  return (
    <li>
      <p>
        <strong>{formatDay(one.at, language)}</strong>
        <br />
        <small>
          {l(one.organizationLabel)} · {l(one.postLabel)}
        </small>
      </p>
      <p class="words">{one.words}</p>
      {sure ? <p class="hint">{t('legal.eraseHint')}</p> : null}
      <button
        type="button"
        class="wide"
        disabled={busy}
        onClick={() => (sure ? run(async () => show(await eraseAdvice(one.id))) : setSure(true))}
      >
        {t(sure ? 'legal.eraseSure' : 'legal.erase')}
      </button>
      <Outcome wrong={wrong} said={said} />
    </li>
  );
};

/** What lawyers wrote down for me: mine to read and mine to have erased. */
export const AdvicePage = () => {
  const { t } = useWords();
  const { loaded, reload, show } = useLoad(advice, []);
  return (
    <>
      <h1 tabIndex={-1}>{t('legal.mine')}</h1>
      <p>{t('legal.mineHint')}</p>
      {loaded.state === 'ready' ? (
        loaded.data.length ? (
          <ul class="list">
            {loaded.data.map((one) => (
              <One key={one.id} one={one} show={show} />
            ))}
          </ul>
        ) : (
          <p>{t('legal.noneMine')}</p>
        )
      ) : (
        <LoadState loaded={loaded} again={reload} />
      )}
      <Link to="/me" class="button">
        {t('me.back')}
      </Link>
    </>
  );
};

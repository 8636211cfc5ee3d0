import { useEffect, useState } from 'preact/hooks';
import { Link } from '../../../app/router.tsx';
import { type Followed, followStore } from '../../../lib/follow/follow.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { LoadState, useLoad } from '../../../lib/load.tsx';
import { Outcome, useDoing } from '../../../lib/sign-in/doing.tsx';
import { keepFollow, stopFollowing } from '../mutations.ts';
import { follows } from '../queries.ts';

/** What I follow of others' reports, and what this phone followed before; each can be let go. */
export const Follows = () => {
  const { t, l, language } = useWords();
  const { loaded, reload, show } = useLoad(follows, [language]);
  const [onPhone, setOnPhone] = useState<readonly Followed[]>([]);
  const { busy, wrong, said, run } = useDoing();
  useEffect(() => void followStore.all().then(setOnPhone), []);
  const kept = loaded.state === 'ready' ? loaded.data : [];
  const others = onPhone.filter(({ queryCode }) => !kept.some((one) => one.queryCode === queryCode));
  return (
    <section>
      <h2>{t('me.follows')}</h2>
      {loaded.state !== 'ready' ? <LoadState loaded={loaded} again={reload} /> : null}
      {loaded.state === 'ready' && !kept.length && !others.length ? <p>{t('me.noFollows')}</p> : null}
      <ul class="list">
        {kept.map(({ queryCode, categoryLabel, areaLabels, stageLabel }) => (
          <li key={queryCode}>
            <Link to={`/r/${queryCode}`}>
              {categoryLabel ? l(categoryLabel) : t('follow.title')}
              <br />
              <small>
                {areaLabels.map(l).join(' ')} · {l(stageLabel)}
              </small>
            </Link>
            <button type="button" class="plain" disabled={busy} onClick={() => run(() => stopFollowing(queryCode).then(reload))}>
              {t('follow.stop')}
            </button>
          </li>
        ))}
        {others.map(({ id, queryCode, label }) => (
          <li key={id}>
            <Link to={`/r/${queryCode}`}>
              {label ? l(label) : t('follow.title')}
              <br />
              <small>{t('me.followedHere')}</small>
            </Link>
            <button type="button" class="plain" disabled={busy} onClick={() => run(async () => show(await keepFollow(queryCode)))}>
              {t('me.keepFollow')}
            </button>
          </li>
        ))}
      </ul>
      <Outcome wrong={wrong} said={said} />
    </section>
  );
};

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CaseView, SimilarCase } from '@tongxin/domain/case/view.ts';
import { formatMonth } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { followersQuery, similarQuery } from '../queries.ts';

/** Precedents at hand: at the same spot, and told in like words; each with who dealt with it and what came of it. */
export const Similar = ({ view }: { view: CaseView }) => {
  const { t, l, language } = useWords();
  const query = useQuery(similarQuery(view.id));
  const { data: followers } = useQuery(followersQuery(view.id));
  const why = ({ why: reason, metres }: SimilarCase): string =>
    reason === 'near' ? (metres! < 10 ? t('similar.sameSpot') : t('similar.near', { n: metres! })) : t(`similar.${reason}`);
  const gist = (one: SimilarCase): string =>
    [
      why(one),
      one.reportedAt ? formatMonth(one.reportedAt, language) : '',
      one.leadOrganizationLabel ? t('similar.by', { body: l(one.leadOrganizationLabel) }) : '',
    ]
      .filter(Boolean)
      .join(language === 'zh' ? '，' : ', ');
  return (
    <section className="card" aria-labelledby="similar">
      <h2 id="similar">{t('similar.title')}</h2>
      {followers?.n ? <p>{t('follow.n', { n: followers.n })}</p> : null}
      <Loaded query={query}>
        {(cases) =>
          cases.length ? (
            <ul className="cards">
              {cases.map((one) => (
                <li key={one.id}>
                  <div className="row">
                    <Link to="/cases/$id" params={{ id: one.id }}>
                      {one.title || one.number}
                    </Link>
                    <Mark tone={one.ended ? 'quiet' : 'good'}>{l(one.stageLabel)}</Mark>
                    {one.sameCategory ? <Mark>{t('similar.sameCategory')}</Mark> : null}
                  </div>
                  <div className="quiet">{gist(one)}</div>
                  {one.outcome ? <div>{t('similar.outcome', { words: one.outcome })}</div> : null}
                </li>
              ))}
            </ul>
          ) : (
            <p className="quiet">{t('similar.none')}</p>
          )
        }
      </Loaded>
    </section>
  );
};

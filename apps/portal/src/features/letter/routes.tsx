import { Link, type Page } from '../../app/router.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';

const LIMITS = ['registered', 'answered', 'extended', 'review', 'reReview'] as const;

/** The first question of a letter: a thing to be done (诉求) goes the quick way, a claim, opinion or accusation (信访事项) the lawful one, with its limits. */
const WhichWay = () => {
  const { t } = useWords();
  return (
    <>
      <h1 tabIndex={-1}>{t('letter.which')}</h1>
      <nav aria-label={t('letter.which')} class="ways">
        <Link to="/report" class="way">
          <strong>{t('letter.demand')}</strong>
          <span>{t('letter.demandHint')}</span>
        </Link>
        <Link to="/letter/write" class="way">
          <strong>{t('letter.petition')}</strong>
          <span>{t('letter.petitionHint')}</span>
        </Link>
      </nav>
      <section>
        <h2>{t('letter.limits')}</h2>
        <ul>
          {LIMITS.map((one) => (
            <li key={one}>{t(`letter.limit.${one}`)}</li>
          ))}
        </ul>
        <p class="hint">{t('letter.limitsHint')}</p>
      </section>
    </>
  );
};

export const pages: Page[] = [{ path: '/letter', draw: () => <WhichWay /> }];

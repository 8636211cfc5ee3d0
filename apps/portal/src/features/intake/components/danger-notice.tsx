import { dangerIn } from '@tongxin/ui/danger.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** Emergency numbers first, when the words or the category suggest danger. */
export const DangerNotice = ({ text, ofCategory }: { text: string; ofCategory?: readonly string[] }) => {
  const { t } = useWords();
  const numbers = dangerIn(text, ofCategory);
  return (
    <div role="alert">
      {numbers.length ? (
        <div class="notice bad danger">
          <h3>{t('danger.title')}</h3>
          <p>{t('danger.body')}</p>
          {numbers.map((number) => (
            <a key={number} class="button" href={`tel:${number}`} aria-label={`${t('danger.call', { number })} ${t(`danger.${number}`)}`}>
              {number} {t(`danger.${number}`)}
            </a>
          ))}
        </div>
      ) : null}
    </div>
  );
};

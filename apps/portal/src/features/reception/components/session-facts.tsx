import type { SessionView } from '@tongxin/domain/reception/schema.ts';
import { formatDay, formatInstant, formatTime } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** Who receives, when, where and what about. */
export const SessionFacts = ({ session }: { session: SessionView }) => {
  const { t, l, language } = useWords();
  const { organizationLabel, postLabel, startsAt, endsAt, place, matters, closesAt } = session;
  return (
    <dl>
      <dt>{t('reception.who')}</dt>
      <dd>
        {l(organizationLabel)} {l(postLabel)}
      </dd>
      <dt>{t('reception.when')}</dt>
      <dd>
        {formatDay(startsAt, language)} {formatTime(startsAt, language)}–{formatTime(endsAt, language)}
      </dd>
      <dt>{t('reception.where')}</dt>
      <dd>{place}</dd>
      {matters ? (
        <>
          <dt>{t('reception.matters')}</dt>
          <dd>{matters}</dd>
        </>
      ) : null}
      <dt>{t('reception.closes')}</dt>
      <dd>{formatInstant(closesAt, language)}</dd>
    </dl>
  );
};

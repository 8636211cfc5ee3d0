import type { SessionView } from '@tongxin/domain/reception/schema.ts';
import { formatDay, formatInstant, formatTime } from '@tongxin/ui/time.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

/** Who receives, when, where and what about. */
export const SessionFacts = ({ session }: { session: SessionView }) => {
  const { t, l, language } = useWords();
  const { kind, way, organizationLabel, postLabel, startsAt, endsAt, place, matters, closesAt } = session;
  const isLegal = kind === 'legal';
  return (
    <dl>
      <dt>{t(isLegal ? 'legal.who' : 'reception.who')}</dt>
      <dd>
        {l(organizationLabel)} · {l(postLabel)}
      </dd>
      <dt>{t('reception.when')}</dt>
      <dd>
        {formatDay(startsAt, language)} {formatTime(startsAt, language)}–{formatTime(endsAt, language)}
      </dd>
      <dt>{t(way === 'place' ? 'reception.where' : 'legal.how')}</dt>
      <dd>{way === 'place' ? place : `${t(`legal.way.${way}`)} · ${place}`}</dd>
      {matters ? (
        <>
          <dt>{t(isLegal ? 'legal.matters' : 'reception.matters')}</dt>
          <dd>{matters}</dd>
        </>
      ) : null}
      <dt>{t('reception.closes')}</dt>
      <dd>{formatInstant(closesAt, language)}</dd>
    </dl>
  );
};

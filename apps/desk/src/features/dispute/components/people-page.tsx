import { Link, useParams } from '@tanstack/react-router';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Choosing } from './choosing.tsx';
import { Consents } from './consents.tsx';
import { Erasing } from './erasing.tsx';
import { SendUp } from './send-up.tsx';
import { Slips } from './slips.tsx';

/** 当事人与调解员: who wants it, who mediates, and where it goes when it is too much. */
export const DisputePeoplePage = () => {
  const { t } = useWords('dispute');
  const { id } = useParams({ from: '/inside/disputes/$id/people' });
  return (
    <>
      <p>
        <Link to="/disputes/$id" params={{ id }}>
          ‹ {t('dispute.back')}
        </Link>
      </p>
      <h1>{t('dispute.people')}</h1>
      <div className="columns case">
        <Choosing caseId={id} />
        <div>
          <Consents caseId={id} />
          <Slips caseId={id} />
          <SendUp caseId={id} />
          <Erasing caseId={id} />
        </div>
      </div>
    </>
  );
};

import { Link } from '@tanstack/react-router';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { formatInstant } from '@tongxin/ui/time.ts';

import type { ReactNode } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Files } from './record.tsx';

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

/** A quarrel between sides has words of its own, and no reporter. */
export const isDispute = ({ procedureId }: Pick<CaseView, 'procedureId'>): boolean => procedureId === 'mediation';

/** What was said, with what came with it. */
export const CaseWords = ({ view }: { view: CaseView }) => {
  const { t } = useWords();
  return (
    <section className="card" aria-labelledby="what">
      <h2 id="what">{t(isDispute(view) ? 'dispute.what' : 'case.what')}</h2>
      <p className="words">{view.text ?? t('case.erased')}</p>
      <Files files={view.files} />
    </section>
  );
};

/** Bodies, kind, channel and flags. */
export const CaseFacts = ({ view }: { view: CaseView }) => {
  const { t, l, of, language } = useWords();
  const body = (label: CaseView['leadOrganizationLabel']): string => (label ? l(label) : '–');
  return (
    <section className="card" aria-labelledby="who">
      <h2 id="who">{t('case.who')}</h2>
      <dl className="facts">
        <Fact name={t('case.receiving')}>{body(view.receivingOrganizationLabel)}</Fact>
        <Fact name={t('case.lead')}>{body(view.leadOrganizationLabel)}</Fact>
        {view.respondentOrganizationLabel ? <Fact name={t('case.respondent')}>{l(view.respondentOrganizationLabel)}</Fact> : null}
        {isDispute(view) ? null : <Fact name={t('case.category')}>{view.categoryLabel ? l(view.categoryLabel) : '–'}</Fact>}
        {view.demandKind ? <Fact name={t('case.demandKind')}>{of('demand', view.demandKind, '–')}</Fact> : null}
        <Fact name={t('case.channel')}>{of('channel', view.channel, '–')}</Fact>
        {view.sourceNumber ? <Fact name={t('case.sourceNumber')}>{view.sourceNumber}</Fact> : null}
        <Fact name={t(isDispute(view) ? 'dispute.appliedAt' : 'case.reportedAt')}>
          {view.reportedAt ? formatInstant(view.reportedAt, language) : t('inbox.noDate')}
        </Fact>
        {view.links.length ? (
          <Fact name={t('case.sameText')}>
            {view.links.map(({ id, number }) => (
              <div key={id}>
                <Link to="/cases/$id" params={{ id }}>
                  {number}
                </Link>
              </div>
            ))}
          </Fact>
        ) : null}
        {isDispute(view) ? null : (
          <Fact name={t('case.flags')}>
            <span className="row">
              {view.reporterProtected ? <Mark tone="warn">{t('case.protected')}</Mark> : null}
              {view.callBackWanted ? <Mark>{t('case.callBack')}</Mark> : null}
              {view.imported ? <Mark>{t('case.imported')}</Mark> : null}
              {view.reporterProtected || view.callBackWanted || view.imported ? null : '–'}
            </span>
          </Fact>
        )}
      </dl>
    </section>
  );
};

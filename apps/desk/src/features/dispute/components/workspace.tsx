import { draftOf, isAccepted } from '@tongxin/domain/dispute/agreement/rules.ts';
import type { AgreementText, AgreementView } from '@tongxin/domain/dispute/agreement/schema.ts';
import { Tabs } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Offers } from './offers.tsx';
import { Papers } from './papers.tsx';
import { Performing } from './performing.tsx';
import { Signing } from './signing.tsx';
import { TextForm } from './text-form.tsx';

/** Where a dispute stands decides which part of its work is in front. */
const PART_OF: Readonly<Record<string, string>> = {
  drafted: 'agreement',
  effective: 'performance',
  confirming: 'performance',
  settled: 'performance',
  broken: 'performance',
};

/** A dispute's own work: offers, the agreement, what is performed, its papers. */
export const Workspace = ({ view, facts }: { view: AgreementView; facts: string }) => {
  const { t } = useWords();
  const ids = view.sides.map(({ partyId }) => partyId);
  const [part, setPart] = useState(PART_OF[view.stage] ?? 'offers');
  const [begun, setBegun] = useState<{ readonly n: number; readonly text: AgreementText }>();
  const accepted = view.offers.findLast((offer) => isAccepted(offer, ids));
  const text = begun?.text ?? view.text?.draft ?? draftOf(accepted, ids, facts);
  return (
    <Tabs
      activeKey={part}
      onChange={setPart}
      items={[
        {
          key: 'offers',
          label: t('agreement.offers'),
          children: (
            <Offers
              view={view}
              draft={(terms) => {
                const kept = view.text?.draft;
                const fresh = draftOf({ terms: [...terms] }, ids, facts);
                // What was written about the sides and the facts stays; the terms and their sum are new.
                setBegun({
                  n: (begun?.n ?? 0) + 1,
                  text: kept ? { ...kept, terms: fresh.terms, ...(fresh.total ? { total: fresh.total } : {}) } : fresh,
                });
                setPart('agreement');
              }}
            />
          ),
        },
        {
          key: 'agreement',
          label: t('agreement.title'),
          children:
            view.stage === 'mediating' ? (
              <TextForm key={begun?.n ?? 0} view={view} begun={text} />
            ) : view.text ? (
              <Signing view={view} text={view.text} />
            ) : (
              <p className="card">{t('agreement.notYet')}</p>
            ),
        },
        {
          key: 'performance',
          label: t('agreement.performance'),
          children: view.obligations.length ? <Performing view={view} /> : <p className="card">{t('agreement.notInForce')}</p>,
        },
        { key: 'papers', label: t('agreement.papers'), children: <Papers caseId={view.caseId} /> },
      ]}
    />
  );
};

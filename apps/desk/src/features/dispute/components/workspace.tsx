import { draftOf, isAccepted, offeredPapers } from '@tongxin/domain/dispute/agreement/rules.ts';
import type { AgreementText, AgreementView } from '@tongxin/domain/dispute/agreement/schema.ts';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Helpers } from './joining.tsx';
import { Offers } from './offers.tsx';
import { Papers } from './papers.tsx';
import { Performing } from './performing.tsx';
import { Sessions } from './sessions.tsx';
import { Signing } from './signing.tsx';
import { TextForm } from './text-form.tsx';

/** Where a dispute stands decides which part of its work is in front. */
const PART_OF: Readonly<Record<string, string>> = {
  drafted: 'agreement',
  stopped: 'sessions',
  effective: 'performance',
  confirming: 'performance',
  settled: 'performance',
  broken: 'performance',
};

/** A dispute's own work: offers, the agreement, what is performed, its papers. */
export const Workspace = ({ view, facts }: { view: AgreementView; facts: string }) => {
  const { t } = useWords('dispute');
  const ids = view.sides.map(({ partyId }) => partyId);
  const [part, setPart] = useState(PART_OF[view.stage] ?? 'offers');
  // A part that was opened stays: what is half written there is there again.
  const [opened, setOpened] = useState<readonly string[]>([part]);
  const open = (key: string): void => {
    setPart(key);
    setOpened((known) => (known.includes(key) ? known : [...known, key]));
  };
  const [begun, setBegun] = useState<{ readonly n: number; readonly text: AgreementText }>();
  const accepted = view.offers.findLast((offer) => isAccepted(offer, ids));
  const text = begun?.text ?? view.text?.draft ?? draftOf(accepted, ids, facts);
  const parts = [
    {
      key: 'sessions',
      label: t('session.title'),
      children: <Sessions caseId={view.caseId} open={['mediating', 'cooling', 'drafted'].includes(view.stage)} />,
    },
    {
      key: 'helpers',
      label: t('helper.title'),
      children: <Helpers caseId={view.caseId} open={['mediating', 'cooling', 'drafted'].includes(view.stage)} />,
    },
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
            open('agreement');
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
    { key: 'papers', label: t('agreement.papers'), children: <Papers caseId={view.caseId} kinds={offeredPapers(view)} /> },
  ];
  return (
    <>
      <Segmented
        className="field"
        aria-label={t('agreement.parts')}
        value={part}
        onChange={open}
        options={parts.map(({ key, label }) => ({ value: key, label }))}
      />
      {parts
        .filter(({ key }) => opened.includes(key))
        .map(({ key, label, children }) => (
          <section key={key} aria-label={label} hidden={key !== part}>
            {children}
          </section>
        ))}
    </>
  );
};

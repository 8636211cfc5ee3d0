import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { DISPUTE_PAPERS, type NewPaper } from '@tongxin/domain/dispute/agreement/schema.ts';
import { DOCUMENTS } from '@tongxin/domain/document/rules.ts';
import type { IssuedDocument } from '@tongxin/domain/document/view.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { SignedUpload } from '../../../lib/form/signed-upload.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { documentUrl, issuePaper } from '../mutations.ts';
import { disputePapersQuery } from '../queries.ts';
import { useStep } from './use-step.tsx';

interface PapersProps {
  readonly caseId: string;
  readonly kinds?: readonly NewPaper['kind'][];
}

/** Papers of the dispute, a record of mediation from its session: printed, signed by hand, photographed back in. */
export const Papers = ({ caseId, kinds = DISPUTE_PAPERS }: PapersProps) => {
  const { t, l } = useWords('dispute');
  const query = useQuery(disputePapersQuery(caseId));
  const { run, busy, problem } = useStep(caseId);
  return (
    <section className="card" aria-label={t('agreement.papers')}>
      <h2>{t('agreement.papers')}</h2>
      <p className="quiet">{t('agreement.papersHint')}</p>
      <div className="row">
        {kinds
          .filter((kind) => kind !== 'mediationRecord')
          .map((kind) => (
            <Button key={kind} disabled={busy} onClick={() => void run(() => issuePaper(caseId, kind))}>
              {t('agreement.print', { paper: l(DOCUMENTS[kind].label) })}
            </Button>
          ))}
      </div>
      <Wrong problem={problem} />
      <Loaded query={query}>
        {({ issued }) => (
          <ul className="cards">
            {issued
              .filter(({ kind }) => (kinds as readonly string[]).includes(kind))
              .map((paper) => (
                <Issued key={paper.id} caseId={caseId} paper={paper} />
              ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
};

const Issued = ({ caseId, paper }: { caseId: string; paper: IssuedDocument }) => {
  const { t, l, language } = useWords();
  const client = useQueryClient();
  return (
    <li>
      <div className="row">
        <Mark>{l(paper.label)}</Mark>
        {paper.number ? <strong>{paper.number}</strong> : null}
        <span className="quiet">{formatShort(paper.issuedAt, language)}</span>
        <a href={documentUrl(caseId, paper.id, 'pdf')} download>
          {t('document.pdf')}
        </a>
        <a href={documentUrl(caseId, paper.id, 'docx')} download>
          {t('document.word')}
        </a>
        {paper.signed.map((file, index) => (
          <a key={file.id} href={file.url} target="_blank" rel="noreferrer">
            {t('document.signed', { n: index + 1 })}
          </a>
        ))}
        <SignedUpload caseId={caseId} documentId={paper.id} done={() => client.invalidateQueries({ queryKey: keys.case(caseId) })} />
      </div>
    </li>
  );
};

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { IssuedDocument } from '@tongxin/domain/document/view.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { SignedUpload } from '../../../lib/form/signed-upload.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { documentUrl } from '../mutations.ts';
import { documentsQuery } from '../queries.ts';
import { DocumentDrawer } from './document-drawer.tsx';

/** Papers of a case: made from the record, printed, signed by hand, and photographed back in. */
export const Documents = ({ caseId }: { caseId: string }) => {
  const { t } = useWords();
  const query = useQuery(documentsQuery(caseId));
  const [making, setMaking] = useState(false);
  return (
    <section className="card" aria-labelledby="documents">
      <h2 id="documents">{t('document.title')}</h2>
      <Loaded query={query}>
        {({ issued, offered, mayIssue }) => (
          <>
            {issued.length ? null : <p className="quiet">{t('document.none')}</p>}
            <ul className="cards">
              {issued.map((one) => (
                <Issued key={one.id} caseId={caseId} document={one} maySign={mayIssue} />
              ))}
            </ul>
            {mayIssue ? <Button onClick={() => setMaking(true)}>{t('document.make')}</Button> : null}
            {making ? <DocumentDrawer caseId={caseId} offered={offered} close={() => setMaking(false)} /> : null}
          </>
        )}
      </Loaded>
    </section>
  );
};

interface IssuedProps {
  readonly caseId: string;
  readonly document: IssuedDocument;
  readonly maySign: boolean;
}

const Issued = ({ caseId, document, maySign }: IssuedProps) => {
  const { t, l, language } = useWords();
  const client = useQueryClient();
  return (
    <li>
      <div className="row">
        <Mark>{l(document.label)}</Mark>
        <strong>{document.title}</strong>
        <span className="quiet">
          {document.number ? `${document.number} · ` : ''}
          {formatShort(document.issuedAt, language)}
        </span>
      </div>
      {document.erased ? (
        <p className="quiet">{t('document.erased')}</p>
      ) : (
        <div className="row">
          <a href={documentUrl(caseId, document.id, 'docx')} download>
            {t('document.word')}
          </a>
          <a href={documentUrl(caseId, document.id, 'pdf')} download>
            {t('document.pdf')}
          </a>
          {document.signed.map((file, index) => (
            <a key={file.id} href={file.url} target="_blank" rel="noreferrer">
              {t('document.signed', { n: index + 1 })}
            </a>
          ))}
          {maySign ? (
            <SignedUpload caseId={caseId} documentId={document.id} done={() => client.invalidateQueries({ queryKey: keys.case(caseId) })} />
          ) : null}
        </div>
      )}
    </li>
  );
};

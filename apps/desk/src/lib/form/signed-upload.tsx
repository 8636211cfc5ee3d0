import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useWords } from '../i18n/i18n.tsx';
import { Failed } from '../load-state.tsx';
import { api } from '../services.ts';

interface Signed {
  readonly commandId: string;
  readonly files: readonly UploadFile[];
}

/** Puts the photographed pages of a signed paper beside it. What failed is sent again as the same command, so that it is filed once. */
export const SignedUpload = ({ caseId, documentId, done }: { caseId: string; documentId: string; done: () => Promise<unknown> }) => {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [failed, setFailed] = useState<{ readonly signed: Signed; readonly problem: unknown }>();
  const [busy, setBusy] = useState(false);
  const send = async (signed: Signed): Promise<void> => {
    setBusy(true);
    setFailed(undefined);
    try {
      for (const file of signed.files) await api.uploadToCase(caseId, file);
      await api.signDocument(caseId, documentId, { commandId: signed.commandId, fileIds: signed.files.map(({ fileId }) => fileId) });
      await done();
    } catch (problem) {
      setFailed({ signed, problem });
    }
    setBusy(false);
  };
  const add = (chosen: FileList | null): void => {
    const files = [...(chosen ?? [])].map((blob) => ({ fileId: uuidv7(), kind: 'document' as const, name: blob.name, blob }));
    if (input.current) input.current.value = '';
    if (files.length) void send({ commandId: uuidv7(), files });
  };
  return (
    <>
      <input
        ref={input}
        aria-label={t('document.upload')}
        type="file"
        hidden
        multiple
        accept="image/jpeg,image/png,application/pdf"
        onChange={(event) => add(event.target.files)}
      />
      <Button size="small" loading={busy} onClick={() => input.current?.click()}>
        {t('document.upload')}
      </Button>
      {failed ? <Failed problem={failed.problem} again={() => void send(failed.signed)} /> : null}
    </>
  );
};

import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { DocumentKind, Draft } from '@tongxin/domain/document/schema.ts';
import type { DocumentsView } from '@tongxin/domain/document/view.ts';
import { Button, Checkbox, Drawer, Input, Select } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { useCommandDraft } from '../../../lib/draft/command-draft.ts';
import { FoundDraft } from '../../../lib/draft/form-draft.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { draftDocument, issueDocument, previewDocument } from '../mutations.ts';

interface DocumentDrawerProps {
  readonly caseId: string;
  readonly offered: DocumentsView['offered'];
  readonly close: () => void;
}

/** What is being written: words of one's own for each kind that was changed. */
interface Papers {
  readonly kind: DocumentKind;
  readonly changed: Partial<Record<DocumentKind, Draft>>;
}

/** A paper before it is issued: its first words come from the record, staff change them, look at the page, and issue it. */
export const DocumentDrawer = ({ caseId, offered, close }: DocumentDrawerProps) => {
  const { t, l } = useWords();
  const client = useQueryClient();
  const kept = useCommandDraft<Papers>(`documents/${caseId}`, { kind: offered[0]!.kind, changed: {} });
  // What was begun may be offered no more.
  const kind = offered.some((one) => one.kind === kept.value.kind) ? kept.value.kind : offered[0]!.kind;
  const [first, setFirst] = useState<Draft>();
  const draft = first && (kept.value.changed[kind] ?? first);
  const [page, setPage] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const [untitled, setUntitled] = useState(false);
  const [busy, setBusy] = useState<'preview' | 'issue'>();
  const form = offered.find((one) => one.kind === kind)!;

  useEffect(() => {
    let current = true;
    setFirst(undefined);
    setPage(undefined);
    draftDocument(caseId, kind).then(
      (words) => current && setFirst(words),
      (failure: unknown) => current && setProblem(failure),
    );
    return () => {
      current = false;
    };
  }, [caseId, kind]);
  useEffect(() => () => (page ? URL.revokeObjectURL(page) : undefined), [page]);

  const { [kind]: _, ...others } = kept.value.changed;
  const change = (part: Partial<Draft>): void => {
    if (draft) kept.change({ kind, changed: { ...others, [kind]: { ...draft, ...part } } });
  };
  const attempt = async (what: 'preview' | 'issue', work: (words: Draft) => Promise<void>): Promise<void> => {
    if (!draft) return;
    setUntitled(!draft.title.trim());
    if (!draft.title.trim()) return;
    setBusy(what);
    setProblem(undefined);
    try {
      await work(draft);
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(undefined);
  };
  const look = () =>
    attempt('preview', async (words) => {
      setPage(URL.createObjectURL(await previewDocument(caseId, kind, words)));
    });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void attempt('issue', async (words) => {
      await kept.send(
        (_value, { commandId, madeId }) => issueDocument(caseId, { commandId, documentId: madeId }, kind, words),
        { kind, changed: { ...others, [kind]: words } },
        { kind: offered[0]!.kind, changed: others },
      );
      await client.invalidateQueries({ queryKey: keys.case(caseId) });
      close();
    });
  };
  return (
    <Drawer
      open
      title={t('document.make')}
      onClose={close}
      size={760}
      mask={{ closable: false }}
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <form onSubmit={send} noValidate aria-label={t('document.make')}>
        <FormField id="document-kind" label={t('document.kind')}>
          {(tied) => (
            <Select
              id={tied.id}
              value={kind}
              onChange={(chosen) => kept.change({ kind: chosen })}
              options={offered.map((one) => ({ value: one.kind, label: l(one.label) }))}
            />
          )}
        </FormField>
        {draft ? (
          <>
            <FoundDraft found={kept.found && kept.value.changed[kind] !== undefined} drop={() => kept.change({ changed: others })} />
            <FormField id="document-heading" label={t('document.heading')} wrong={untitled ? t('document.titleMissing') : undefined}>
              {(tied) => (
                <Input {...tied} maxLength={120} value={draft.title} onChange={(event) => change({ title: event.target.value })} />
              )}
            </FormField>
            <FormField id="document-addressee" label={t('document.addressee')} hint={t('document.addresseeHint')}>
              {(tied) => (
                <Input
                  {...tied}
                  maxLength={200}
                  value={draft.addressee ?? ''}
                  onChange={(event) => change({ addressee: event.target.value })}
                />
              )}
            </FormField>
            <FormField id="document-body" label={t('document.body')} hint={t('document.bodyHint')}>
              {(tied) => (
                <Input.TextArea
                  {...tied}
                  maxLength={20_000}
                  autoSize={{ minRows: 4, maxRows: 16 }}
                  value={draft.body ?? ''}
                  onChange={(event) => change({ body: event.target.value })}
                />
              )}
            </FormField>
            <FormField id="document-copies" label={t('document.copyTo')}>
              {(tied) => (
                <Input {...tied} maxLength={300} value={draft.copyTo ?? ''} onChange={(event) => change({ copyTo: event.target.value })} />
              )}
            </FormField>
            <FormField id="document-date" label={t('document.datedOn')}>
              {(tied) => (
                <Input {...tied} type="date" value={draft.datedOn} onChange={(event) => change({ datedOn: event.target.value })} />
              )}
            </FormField>
            {form.numbered ? (
              <FormField id="document-number" label={t('document.number')} hint={t('document.numberHint')}>
                {(tied) => (
                  <Input {...tied} maxLength={60} value={draft.number ?? ''} onChange={(event) => change({ number: event.target.value })} />
                )}
              </FormField>
            ) : null}
            {form.mayHaveRedHead ? (
              <p>
                <Checkbox checked={draft.redHead ?? false} onChange={(event) => change({ redHead: event.target.checked })}>
                  {t('document.redHead')}
                </Checkbox>
              </p>
            ) : null}
            <p className="quiet">{t('document.issueHint')}</p>
          </>
        ) : problem ? null : (
          <p role="status">{t('document.loading')}</p>
        )}
        <Wrong problem={problem} />
        <div className="row">
          <Button onClick={() => void look()} loading={busy === 'preview'} disabled={!draft}>
            {t('document.preview')}
          </Button>
          <Button type="primary" htmlType="submit" loading={busy === 'issue'} disabled={!draft}>
            {t('document.issue')}
          </Button>
          <Button onClick={close}>{t('form.cancel')}</Button>
        </div>
        {page ? <img alt={t('document.previewed')} src={page} className="paper" /> : null}
      </form>
    </Drawer>
  );
};

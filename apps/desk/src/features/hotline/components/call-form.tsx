import type { Receipt } from '@tongxin/domain/case/view.ts';
import type { CallResult, CallView } from '@tongxin/domain/hotline/schema.ts';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { FoundDraft } from '../../../lib/draft/form-draft.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { answerOnSpot, logCase } from '../../../lib/intake/log-case.ts';
import { useLogCheck, type useLogDraft } from '../../../lib/intake/log-draft.ts';
import { WhatFields, WhoFields } from '../../../lib/intake/log-fields.tsx';
import { Logged } from '../../../lib/intake/logged.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { bindCall } from '../mutations.ts';

interface CallFormProps {
  readonly call: CallView;
  readonly log: ReturnType<typeof useLogDraft>;
  readonly said: (deed: CallResult) => void;
  readonly again: () => void;
}

/** What the caller says, typed while they say it; filed, or answered on the spot by an article and so closed. */
export const CallForm = ({ call, log, said, again }: CallFormProps) => {
  const { t, l } = useWords('hotline');
  const { draft, found, change, forget } = log;
  const [uploaded] = useState(() => new Set<string>());
  const [receipt, setReceipt] = useState<Receipt>();
  const { isRefused, asked, check } = useLogCheck(draft);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const answers = draft.procedure === 'order' && (draft.demandKind === 'consultation' || draft.reply !== '');
  const send = async (onSpot: boolean): Promise<void> => {
    setProblem(undefined);
    if (!check()) return;
    setBusy(true);
    try {
      const filed = await logCase(asked, l, uploaded);
      await bindCall(call.id, filed.id, 'filed');
      if (onSpot) {
        await answerOnSpot(draft);
        await bindCall(call.id, filed.id, 'answered');
      }
      await forget();
      said(onSpot ? 'answered' : 'filed');
      setReceipt(filed);
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  if (receipt) return <Logged receipt={receipt} next={again} />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send(false);
  };
  return (
    <form id="call-form" onSubmit={submit} noValidate>
      <div className="card">
        <h2>{t('hotline.whatTheySay')}</h2>
        <FoundDraft found={found} drop={() => void forget().then(again)} />
        <WhatFields draft={draft} change={change} isRefused={isRefused} />
        {answers ? (
          <FormField id="reply" label={t('hotline.reply')} hint={t('hotline.replyHint')}>
            {(tied) => (
              <Input.TextArea
                {...tied}
                autoSize={{ minRows: 3 }}
                maxLength={5000}
                value={draft.reply}
                onChange={(event) => change({ reply: event.target.value, ...(event.target.value ? {} : { articleId: undefined }) })}
              />
            )}
          </FormField>
        ) : null}
      </div>
      <div className="card">
        <WhoFields draft={draft} change={change} channels={['hotline']} />
      </div>
      <Wrong problem={problem} />
      <div className="row">
        <Button id="file" type="primary" htmlType="submit" size="large" loading={busy} aria-keyshortcuts="F8">
          {t('log.submit')} <kbd>F8</kbd>
        </Button>
        {answers ? (
          <Button size="large" disabled={busy || !draft.reply.trim()} onClick={() => void send(true)}>
            {t('hotline.answerAndClose')}
          </Button>
        ) : null}
      </div>
    </form>
  );
};

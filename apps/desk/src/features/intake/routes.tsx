import type { Receipt } from '@tongxin/domain/case/view.ts';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { FoundDraft } from '../../lib/draft/form-draft.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { logCase } from '../../lib/intake/log-case.ts';
import { useLogCheck, useLogDraft } from '../../lib/intake/log-draft.ts';
import { WhatFields, WhoFields } from '../../lib/intake/log-fields.tsx';
import { Logged } from '../../lib/intake/logged.tsx';
import { Wrong } from '../../lib/wrong.tsx';

export const LogPage = () => {
  const { t } = useWords('intake');
  const [receipt, setReceipt] = useState<Receipt>();
  const [turn, setTurn] = useState(0);
  return (
    <>
      <h1 className={receipt ? 'no-print' : undefined}>{t('log.title')}</h1>
      {receipt ? (
        <Logged
          receipt={receipt}
          next={() => {
            setReceipt(undefined);
            setTurn((n) => n + 1);
          }}
        />
      ) : (
        <LogForm key={turn} done={setReceipt} anew={() => setTurn((n) => n + 1)} />
      )}
    </>
  );
};

/** Windows and letters are logged here; a hotline has its own screen. */
const LogForm = ({ done, anew }: { done: (receipt: Receipt) => void; anew: () => void }) => {
  const { t, l } = useWords('intake');
  const { draft, found, change, forget } = useLogDraft('log');
  const [uploaded] = useState(() => new Set<string>());
  const { isRefused, asked, check } = useLogCheck(draft);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem(undefined);
    if (!check()) return;
    setBusy(true);
    try {
      const receipt = await logCase(asked, l, uploaded);
      await forget();
      done(receipt);
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <form className="columns" onSubmit={(event) => void send(event)} noValidate>
      <div className="card">
        <FoundDraft found={found} drop={() => void forget().then(anew)} />
        <WhatFields draft={draft} change={change} isRefused={isRefused} />
      </div>
      <div>
        <div className="card">
          <WhoFields draft={draft} change={change} />
        </div>
        <Wrong problem={problem} />
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('log.submit')}
        </Button>
      </div>
    </form>
  );
};

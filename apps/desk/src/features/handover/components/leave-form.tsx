import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import type { HandoverCase } from '@tongxin/domain/handover/schema.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useCommandDraft } from '../../../lib/draft/command-draft.ts';
import { FoundDraft } from '../../../lib/draft/form-draft.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { Wrong } from '../../../lib/wrong.tsx';
import { addNote, leaveShift } from '../mutations.ts';
import { handoverDraftQuery } from '../queries.ts';
import { CaseTable } from './case-table.tsx';
import { ShiftLine } from './shift-line.tsx';

/** A remark on one case for whoever comes: an internal note of that case. */
const Remark = ({ one, done }: { one: HandoverCase; done: () => Promise<unknown> }) => {
  const { t, why } = useWords('handover');
  const [open, setOpen] = useState(false);
  const { value, found, change, drop, send: sendKept } = useCommandDraft(`remark/${one.id}`, { words: '' });
  const [wrong, setWrong] = useState<string>();
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!value.words.trim()) {
      setWrong(t('misfit.missing'));
      return;
    }
    try {
      await sendKept(({ words }, { commandId }) => addNote(one.id, { commandId, words: words.trim() }));
      setOpen(false);
      setWrong(undefined);
      await done();
    } catch (problem) {
      setWrong(why(problem));
    }
  };
  // What was found is written on, also where it is emptied.
  if (found && !open) setOpen(true);
  const giveUp = (): void => {
    drop();
    setOpen(false);
  };
  if (one.title === undefined) return null;
  if (!open)
    return (
      <Button size="small" aria-label={t('handover.remarkOn', { number: one.number })} onClick={() => setOpen(true)}>
        {t('handover.remark')}
      </Button>
    );
  return (
    <form onSubmit={(event) => void send(event)} noValidate aria-label={t('handover.remarkOn', { number: one.number })}>
      <FoundDraft found={found} drop={giveUp} />
      <FormField id={`remark-${one.id}`} label={t('handover.remark')} hint={t('note.hint')} wrong={wrong}>
        {(tied) => (
          <Input.TextArea
            {...tied}
            maxLength={5000}
            autoSize={{ minRows: 2 }}
            value={value.words}
            onChange={(event) => change({ words: event.target.value })}
          />
        )}
      </FormField>
      <div className="row">
        <Button size="small" htmlType="submit">
          {t('note.add')}
        </Button>
        <Button size="small" onClick={giveUp}>
          {t('form.cancel')}
        </Button>
      </div>
    </form>
  );
};

/** What an office hands over now, with the words of the one who leaves. */
export const LeaveForm = ({ organizationId }: { organizationId: string }) => {
  const { t, language } = useWords('handover');
  const client = useQueryClient();
  const router = useRouter();
  const query = useQuery(handoverDraftQuery(organizationId));
  const { value, found, change, drop, send: sendKept } = useCommandDraft(`handover/${organizationId}`, { words: '' });
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      let made: string | undefined;
      await sendKept(async ({ words }, { madeId }) => {
        const sheet = await leaveShift({ id: madeId, organizationId, ...(words.trim() ? { words: words.trim() } : {}) });
        client.setQueryData(keys.handover(sheet.id), sheet);
        void client.invalidateQueries({ queryKey: keys.handovers, exact: true });
        made = sheet.id;
      });
      if (made) await router.navigate({ to: '/handovers/$id', params: { id: made } });
      return;
    } catch (failure) {
      setProblem(failure);
    }
    setBusy(false);
  };
  return (
    <section className="card" aria-labelledby="leave">
      <h2 id="leave">{t('handover.leave')}</h2>
      <Loaded query={query}>
        {(draft) => (
          <>
            <ShiftLine {...draft} />
            {draft.cases.length ? (
              <CaseTable
                cases={draft.cases}
                caption={t(draft.more ? 'handover.openMore' : 'handover.open', {
                  n: draft.cases.length,
                  due: draft.cases.filter(({ dueNext }) => dueNext).length,
                  time: formatShort(draft.until, language),
                })}
                beside={(one) => (
                  <Remark one={one} done={() => client.invalidateQueries({ queryKey: keys.handoverDraft(organizationId) })} />
                )}
              />
            ) : (
              <p>{t('handover.noneOpen')}</p>
            )}
            {/* Beside the table, not around it: remarks are forms of their own. */}
            <form onSubmit={(event) => void send(event)} noValidate aria-label={t('handover.leave')}>
              <FoundDraft found={found} drop={drop} />
              <FormField id="handover-words" label={t('handover.words')} hint={t('handover.wordsHint')}>
                {(tied) => (
                  <Input.TextArea
                    {...tied}
                    maxLength={5000}
                    autoSize={{ minRows: 3, maxRows: 12 }}
                    value={value.words}
                    onChange={(event) => change({ words: event.target.value })}
                  />
                )}
              </FormField>
              <Wrong problem={problem} />
              <Button type="primary" htmlType="submit" loading={busy}>
                {t('handover.submit')}
              </Button>
            </form>
          </>
        )}
      </Loaded>
    </section>
  );
};

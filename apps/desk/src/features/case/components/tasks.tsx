import { useQueryClient } from '@tanstack/react-query';
import type { TaskStatus } from '@tongxin/client/api.ts';
import { keys } from '@tongxin/client/keys.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { formatShort, localDate } from '@tongxin/ui/time.ts';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useCommandDraft } from '../../../lib/draft/command-draft.ts';
import { FoundDraft } from '../../../lib/draft/form-draft.tsx';
import { BodySelect } from '../../../lib/form/body-select.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { changeTask, openTask } from '../mutations.ts';
import { useStageTakesTasks } from '../stages.ts';

const NEXT: Readonly<Record<string, readonly TaskStatus[]>> = { open: ['acknowledged', 'returned'], acknowledged: ['done', 'returned'] };

interface TasksProps {
  readonly view: CaseView;
  /** Bodies the reader acts for. */
  readonly bodies: readonly string[];
  /** Whether the reader may send the case's work out. */
  readonly dispatches: boolean;
}

/** Parallel work by other bodies: those asked answer here, those who lead ask, those who dispatch also take back. */
export const Tasks = ({ view, bodies, dispatches }: TasksProps) => {
  const { t } = useWords();
  const client = useQueryClient();
  const leads = dispatches || (view.leadOrganizationId !== undefined && bodies.includes(view.leadOrganizationId));
  const asks = useStageTakesTasks(view) && leads && !view.ended;
  if (!view.tasks.length && !asks) return null;

  const refresh = () => client.invalidateQueries({ queryKey: keys.case(view.id) });
  return (
    <section className="card" aria-labelledby="tasks">
      <h2 id="tasks">{t('task.title')}</h2>
      {view.tasks.length ? null : <p>{t('task.none')}</p>}
      <ul className="cards">
        {view.tasks.map((task) => (
          <OneTask
            key={task.id}
            caseId={view.id}
            task={task}
            steps={bodies.includes(task.organizationId) ? (NEXT[task.status] ?? []) : []}
            takesBack={dispatches && (task.status === 'open' || task.status === 'acknowledged')}
            done={refresh}
          />
        ))}
      </ul>
      {asks ? <NewTask view={view} done={refresh} /> : null}
    </section>
  );
};

interface OneTaskProps {
  readonly caseId: string;
  readonly task: CaseView['tasks'][number];
  readonly steps: readonly TaskStatus[];
  readonly takesBack: boolean;
  readonly done: () => Promise<void>;
}

const isLate = ({ status, dueAt }: CaseView['tasks'][number]): boolean =>
  dueAt !== undefined && (status === 'open' || status === 'acknowledged') && Date.parse(dueAt) < Date.now();

/** One body's part: its state, what was asked, and what the reader may do with it. Each has its own words. */
const OneTask = ({ caseId, task, steps, takesBack, done }: OneTaskProps) => {
  const { t, l, of, why, language } = useWords();
  const { value, found, change, drop, send } = useCommandDraft<{ words: string; status?: TaskStatus }>(`task/${task.id}`, { words: '' });
  const [problem, setProblem] = useState<unknown>();
  const answer = async (status: TaskStatus): Promise<void> => {
    setProblem(undefined);
    try {
      await send(({ words }, { commandId }) => changeTask(caseId, task.id, commandId, status, words), { status });
      await done();
    } catch (failure) {
      setProblem(failure);
    }
  };
  return (
    <li>
      <div className="row">
        <strong>{task.organizationLabel ? l(task.organizationLabel) : '–'}</strong>
        <Mark>{of('task.status', task.status, '')}</Mark>
        {task.dueAt ? <span className="quiet">{t('task.due', { time: formatShort(task.dueAt, language) })}</span> : null}
        {isLate(task) ? <Mark tone="warn">{t('task.late')}</Mark> : null}
      </div>
      {task.words ? <p className="words">{task.words}</p> : null}
      {steps.length ? (
        <>
          <FoundDraft found={found} drop={drop} />
          <Input.TextArea
            aria-label={t('task.note')}
            placeholder={t('task.note')}
            maxLength={2000}
            value={value.words}
            onChange={(event) => change({ words: event.target.value })}
          />
          <div className="row">
            {steps.map((status) => (
              <Button key={status} size="small" onClick={() => void answer(status)}>
                {t(`task.do.${status}`)}
              </Button>
            ))}
          </div>
        </>
      ) : null}
      {takesBack ? (
        <Button size="small" onClick={() => void answer('cancelled')}>
          {t('task.do.cancelled')}
        </Button>
      ) : null}
      {problem ? <Alert role="alert" type="error" title={why(problem)} /> : null}
    </li>
  );
};

const NewTask = ({ view, done }: { view: CaseView; done: () => Promise<void> }) => {
  const { t, why } = useWords();
  const [open, setOpen] = useState(false);
  const {
    value,
    found,
    change,
    drop,
    send: sendKept,
  } = useCommandDraft<{ organizationId?: string; words: string; dueOn?: string | undefined }>(`task-of/${view.id}`, { words: '' });
  const { organizationId, words, dueOn } = value;
  const [wrong, setWrong] = useState<string>();
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!organizationId || !words.trim()) {
      setWrong(t('misfit.missing'));
      return;
    }
    try {
      await sendKept((_, { commandId, madeId }) =>
        openTask(view.id, { commandId, taskId: madeId, organizationId, words: words.trim(), ...(dueOn ? { dueOn } : {}) }),
      );
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
  if (!open) return <Button onClick={() => setOpen(true)}>{t('task.open')}</Button>;
  return (
    <form onSubmit={(event) => void send(event)} noValidate aria-label={t('task.open')}>
      <FoundDraft found={found} drop={giveUp} />
      <FormField id="task-organization" label={t('task.organization')}>
        {(tied) => (
          <BodySelect {...tied} value={organizationId} suggested={view.suggested} onChange={(id) => change({ organizationId: id })} />
        )}
      </FormField>
      <FormField id="task-words" label={t('task.words')} wrong={wrong}>
        {(tied) => <Input.TextArea {...tied} maxLength={2000} value={words} onChange={(event) => change({ words: event.target.value })} />}
      </FormField>
      <FormField id="task-due" label={t('task.dueOn')}>
        {(tied) => (
          <Input
            {...tied}
            type="date"
            min={localDate(Date.now())}
            value={dueOn ?? ''}
            onChange={(event) => change({ dueOn: event.target.value || undefined })}
          />
        )}
      </FormField>
      <div className="row">
        <Button type="primary" htmlType="submit">
          {t('task.send')}
        </Button>
        <Button onClick={giveUp}>{t('form.cancel')}</Button>
      </div>
    </form>
  );
};

import { useQueryClient } from '@tanstack/react-query';
import type { TaskStatus } from '@tongxin/client/api.ts';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
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
  const { t, l, of, why, language } = useWords();
  const client = useQueryClient();
  const [words, setWords] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const leads = dispatches || (view.leadOrganizationId !== undefined && bodies.includes(view.leadOrganizationId));
  const asks = useStageTakesTasks(view) && leads && !view.ended;
  if (!view.tasks.length && !asks) return null;

  const refresh = () => client.invalidateQueries({ queryKey: keys.case(view.id) });
  const change = async (taskId: string, status: TaskStatus): Promise<void> => {
    setProblem(undefined);
    try {
      await changeTask(view.id, taskId, status, words);
      setWords('');
      await refresh();
    } catch (failure) {
      setProblem(failure);
    }
  };
  return (
    <section className="card" aria-labelledby="tasks">
      <h2 id="tasks">{t('task.title')}</h2>
      {view.tasks.length ? null : <p>{t('task.none')}</p>}
      <ul className="cards">
        {view.tasks.map((task) => {
          const steps = bodies.includes(task.organizationId) ? (NEXT[task.status] ?? []) : [];
          const takesBack = dispatches && (task.status === 'open' || task.status === 'acknowledged');
          return (
            <li key={task.id}>
              <div className="row">
                <strong>{task.organizationLabel ? l(task.organizationLabel) : '–'}</strong>
                <Mark>{of('task.status', task.status, '')}</Mark>
                {task.dueAt ? <span className="quiet">{t('task.due', { time: formatShort(task.dueAt, language) })}</span> : null}
              </div>
              {task.words ? <p className="words">{task.words}</p> : null}
              {steps.length ? (
                <>
                  <Input.TextArea
                    aria-label={t('task.note')}
                    placeholder={t('task.note')}
                    maxLength={2000}
                    value={words}
                    onChange={(event) => setWords(event.target.value)}
                  />
                  <div className="row">
                    {steps.map((status) => (
                      <Button key={status} size="small" onClick={() => void change(task.id, status)}>
                        {t(`task.do.${status}`)}
                      </Button>
                    ))}
                  </div>
                </>
              ) : null}
              {takesBack ? (
                <Button size="small" onClick={() => void change(task.id, 'cancelled')}>
                  {t('task.do.cancelled')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {problem ? <Alert role="alert" type="error" title={why(problem)} /> : null}
      {asks ? <NewTask view={view} done={refresh} /> : null}
    </section>
  );
};

const NewTask = ({ view, done }: { view: CaseView; done: () => Promise<void> }) => {
  const { t, why } = useWords();
  const [open, setOpen] = useState(false);
  const [organizationId, setOrganizationId] = useState<string>();
  const [words, setWords] = useState('');
  const [ids, setIds] = useState(() => ({ commandId: uuidv7(), taskId: uuidv7() }));
  const [wrong, setWrong] = useState<string>();
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!organizationId || !words.trim()) {
      setWrong(t('misfit.missing'));
      return;
    }
    try {
      await openTask(view.id, { ...ids, organizationId, words: words.trim() });
      setIds({ commandId: uuidv7(), taskId: uuidv7() });
      setOpen(false);
      setWords('');
      setWrong(undefined);
      await done();
    } catch (problem) {
      setWrong(why(problem));
    }
  };
  if (!open) return <Button onClick={() => setOpen(true)}>{t('task.open')}</Button>;
  return (
    <form onSubmit={(event) => void send(event)} noValidate aria-label={t('task.open')}>
      <FormField id="task-organization" label={t('task.organization')}>
        {(tied) => <BodySelect {...tied} value={organizationId} suggested={view.suggested} onChange={setOrganizationId} />}
      </FormField>
      <FormField id="task-words" label={t('task.words')} wrong={wrong}>
        {(tied) => <Input.TextArea {...tied} maxLength={2000} value={words} onChange={(event) => setWords(event.target.value)} />}
      </FormField>
      <div className="row">
        <Button type="primary" htmlType="submit">
          {t('task.send')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('form.cancel')}</Button>
      </div>
    </form>
  );
};

import type { Operation } from '@tongxin/client/operations.ts';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { useState } from 'preact/hooks';
import type { TaskBody } from '../../../lib/field/device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { answerTask } from '../mutations.ts';

type Task = CaseView['tasks'][number];
type Answer = TaskBody['status'];

const NEXT: Readonly<Record<string, readonly Answer[]>> = {
  open: ['acknowledged', 'done', 'returned'],
  acknowledged: ['done', 'returned'],
};

/** One request for joint work to one's own body: taken, answered or given back. It goes into the queue; where there is a network it leaves at once. */
const Asked = ({ view, task, status }: { view: CaseView; task: Task; status: string }) => {
  const { f, of } = useFieldWords();
  const [words, setWords] = useState('');
  const [wrong, setWrong] = useState(false);
  const steps = NEXT[status] ?? [];
  const answer = async (next: Answer): Promise<void> => {
    const missing = next !== 'acknowledged' && !words.trim();
    setWrong(missing);
    if (missing) return document.getElementById(`task-${task.id}`)?.focus();
    await answerTask({ caseId: view.id, number: view.number, taskId: task.id, status: next, words: words.trim() });
    setWords('');
  };
  return (
    <li>
      <p>
        {task.words ? <strong>{task.words}</strong> : null} <span class="small">{of('task.status', status, 'task.status.open')}</span>
      </p>
      {steps.length ? (
        <>
          <FormField id={`task-${task.id}`} label={f('task.words')} {...(wrong ? { wrong: f('task.wordsMissing') } : {})}>
            {(tied) => <textarea {...tied} maxLength={2000} value={words} onInput={(event) => setWords(event.currentTarget.value)} />}
          </FormField>
          <div class="row">
            {steps.map((next) => (
              <button key={next} type="button" onClick={() => void answer(next)}>
                {f(`task.do.${next}`)}
              </button>
            ))}
          </div>
        </>
      ) : null}
    </li>
  );
};

/** Joint work that one's own body was asked for. */
export const Tasks = ({
  view,
  bodies,
  waiting,
}: {
  view: CaseView;
  bodies: readonly string[];
  waiting: readonly Operation<TaskBody>[];
}) => {
  const { f } = useFieldWords();
  const own = view.tasks.filter(({ organizationId }) => bodies.includes(organizationId));
  if (!own.length) return null;
  const answered = new Map(waiting.map(({ body }) => [body.taskId, body.status] as const));
  return (
    <section>
      <h2>{f('task.title')}</h2>
      <ul class="list">
        {own.map((task) => (
          <Asked key={task.id} view={view} task={task} status={answered.get(task.id) ?? task.status} />
        ))}
      </ul>
    </section>
  );
};

import type { Operation } from '@tongxin/client/operations.ts';
import { ApiProblem } from '@tongxin/client/problem.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { formatShort } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import {
  type ActBody,
  type CaseBody,
  type EditBody,
  type FindingBody,
  keepWholeCase,
  queue,
  type RequestBody,
  type TaskBody,
} from '../../../lib/field/device.ts';
import type { KeptEdit } from '../../../lib/field/kept.ts';
import { kept } from '../../../lib/field/kept.ts';
import { useDevice } from '../../../lib/field/use-device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { formOf } from '../queries.ts';
import { ConflictCard, openConflicts } from './conflicts.tsx';
import { type Ground, Inside } from './inside.tsx';
import { UndoList } from './undo-list.tsx';

/** What an operation is, in the words of whoever did it. */
const useTelling = () => {
  const { f, l } = useFieldWords();
  return ({ kind, body }: Operation): { title: string; about: string } => {
    switch (kind) {
      case 'edit': {
        const { edit, name } = body as EditBody;
        const what = edit.decides ? 'decides' : edit.undoes ? 'undoes' : edit.made ? 'begins' : edit.done ? 'finishes' : 'changes';
        return { title: f(`op.${what}`), about: name };
      }
      case 'act': {
        const { label, number } = body as ActBody;
        return { title: l(label), about: number };
      }
      case 'task':
        return { title: f(`task.do.${(body as TaskBody).status}`), about: (body as TaskBody).number };
      case 'fileCase':
        return { title: f('op.fileCase'), about: (body as CaseBody).filing.text.slice(0, 60) };
      case 'finding':
        return { title: f('op.finding'), about: (body as FindingBody).finding.words.slice(0, 60) };
      case 'request':
        return { title: f('op.request'), about: (body as RequestBody).request.words.slice(0, 60) };
      default:
        return { title: f(kind === 'sos' ? 'op.sos' : 'op.other'), about: '' };
    }
  };
};

const Refused = ({ operation, after }: { operation: Operation; after: number }) => {
  const { f, why } = useFieldWords();
  const [asking, setAsking] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const { status = 0, code = '', title, params } = operation.problem ?? {};
  const moved = operation.kind === 'act' && code === 'caseChanged';
  // Looked at as it stands now, the same step is sent on that; another step has happened meanwhile, and the person knows.
  const onNewest = async (): Promise<void> => {
    const body = operation.body as ActBody;
    try {
      const { version } = await keepWholeCase(body.caseId);
      const { follows: _, ...rest } = body;
      await queue.again(operation.id, { ...rest, action: { ...body.action, commandId: uuidv7(), version } } satisfies ActBody);
    } catch (problem) {
      setWrong(why(problem));
    }
  };
  return (
    <>
      <p class="wrong">{why(new ApiProblem(status, code, title, params))}</p>
      {wrong ? (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      ) : null}
      {asking ? (
        <div role="alertdialog" aria-label={f('outbox.drop')}>
          <p>{after > 0 ? f('outbox.dropAfter', { n: after }) : f('outbox.dropSure')}</p>
          <div class="row">
            <button type="button" onClick={() => void queue.drop(operation.id)}>
              {f('outbox.drop')}
            </button>
            <button type="button" onClick={() => setAsking(false)}>
              {f('outbox.keep')}
            </button>
          </div>
        </div>
      ) : (
        <div class="row">
          <button type="button" class="primary" onClick={() => void (moved ? onNewest() : queue.again(operation.id))}>
            {f(moved ? 'outbox.sendOnNewest' : 'outbox.again')}
          </button>
          <button type="button" onClick={() => setAsking(true)}>
            {f('outbox.drop')}
          </button>
        </div>
      )}
    </>
  );
};

const Outbox = ({ bundle }: Ground) => {
  const { f, language } = useFieldWords();
  const tell = useTelling();
  const operations = useDevice(async () => (await queue.all()).filter(({ state }) => state !== 'sent'), []);
  const conflicts = useDevice(() => openConflicts(), []);
  const records = useDevice(() => kept.all('record'), []);
  if (!operations || !conflicts) return null;
  const formFor = (one: Pick<KeptEdit, 'kind' | 'subjectId'>) => {
    const record = records?.find(({ kind, subjectId }) => kind === one.kind && subjectId === one.subjectId);
    return record && formOf(bundle, record.formId, record.formVersion);
  };
  return (
    <>
      {conflicts.length > 0 ? (
        <section>
          <h2>{f('outbox.conflicts')}</h2>
          {conflicts.map((conflict) => (
            <ConflictCard key={conflict.id} conflict={conflict} form={formFor(conflict)} />
          ))}
        </section>
      ) : null}
      <section>
        <h2>{f('outbox.waits')}</h2>
        {operations.length === 0 ? (
          <p role="status">{f('outbox.empty')}</p>
        ) : (
          <>
            <ul class="list">
              {operations.map((operation) => {
                const { title, about } = tell(operation);
                const after = operations.filter(({ record, no }) => record === operation.record && no > operation.no).length;
                const blocked = operations.some(
                  ({ record, no, state }) => record === operation.record && no < operation.no && state === 'refused',
                );
                return (
                  <li key={operation.id} class="line">
                    <strong>{title}</strong>
                    {about ? <span>{about}</span> : null}
                    <span class="small">
                      {formatShort(operation.queuedAt, language)} · {f(blocked ? 'outbox.blocked' : `opState.${operation.state}`)}
                      {operation.files.length > 0
                        ? ` · ${f('outbox.files', { n: operation.uploaded.length, of: operation.files.length })}`
                        : ''}
                    </span>
                    {operation.state === 'refused' ? (
                      <Refused operation={operation} after={after} />
                    ) : operation.state === 'waiting' && !operation.prepared && operation.uploaded.length === 0 ? (
                      <TakeBack operation={operation} after={after} />
                    ) : null}
                  </li>
                );
              })}
            </ul>
            <button type="button" onClick={() => void queue.flush()}>
              {f('outbox.now')}
            </button>
          </>
        )}
      </section>
      <UndoList formFor={formFor} />
    </>
  );
};

/** What has not left the phone yet can simply be taken back. */
const TakeBack = ({ operation, after }: { operation: Operation; after: number }) => {
  const { f } = useFieldWords();
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <button type="button" class="plain" onClick={() => setAsking(true)}>
        {f('outbox.takeBack')}
      </button>
    );
  return (
    <div role="alertdialog" aria-label={f('outbox.takeBack')}>
      <p>{after > 0 ? f('outbox.dropAfter', { n: after }) : f('outbox.dropSure')}</p>
      <div class="row">
        <button type="button" onClick={() => void queue.drop(operation.id)}>
          {f('outbox.takeBack')}
        </button>
        <button type="button" onClick={() => setAsking(false)}>
          {f('outbox.keep')}
        </button>
      </div>
    </div>
  );
};

export const OutboxPage = () => {
  const { f } = useFieldWords();
  return <Inside title={f('outbox.title')}>{(ground) => <Outbox {...ground} />}</Inside>;
};

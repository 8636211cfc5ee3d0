import { dayOfDate, instantOfMs, msOfDay } from '../calendar/rules.ts';
import type { Actor, CaseState, Decision, NewEvent, Refusal, TaskState } from '../case/schema.ts';
import { evolve, isRespondent } from '../procedure/rules.ts';
import type { Procedure } from '../procedure/schema.ts';

/** Joint work under a case: the lead body or the dispatcher asks another body; it acknowledges, and answers done or returned. */

const refuse = (code: string): Refusal => ({ ok: false, code });

const NEXT: Readonly<Record<TaskState['status'], readonly TaskState['status'][]>> = {
  open: ['acknowledged', 'done', 'returned', 'cancelled'],
  acknowledged: ['done', 'returned', 'cancelled'],
  done: [],
  returned: [],
  cancelled: [],
};

const event = (
  type: 'task.opened' | 'task.changed',
  now: string,
  actor: Actor,
  post: Actor['posts'][number],
  task: TaskState,
  words?: string,
): NewEvent => ({
  type,
  occurredAt: now,
  actor: {
    kind: actor.kind,
    ...(actor.personId ? { personId: actor.personId } : {}),
    postId: post.postId,
    organizationId: post.organizationId,
  },
  header: { task },
  ...(words ? { content: { words } } : {}),
});

export const openTask = (
  procedure: Procedure,
  state: CaseState,
  task: {
    readonly taskId: string;
    readonly organizationId: string;
    readonly words: string;
    /** The day, in China, at whose end an answer is due. */
    readonly dueOn?: string | undefined;
  },
  actor: Actor,
  now: string,
): Decision => {
  if (isRespondent(state, actor)) return refuse('respondentMayNot');
  if (!procedure.stages[state.stage]?.tasks) return refuse('wrongStage');
  if (state.tasks[task.taskId]) return refuse('taskExists');
  if (task.organizationId === state.leadOrganizationId) return refuse('taskForLead');
  if (task.organizationId === state.respondentOrganizationId) return refuse('respondentMayNot');
  const dueAt = task.dueOn && instantOfMs(msOfDay(dayOfDate(task.dueOn) + 1) - 1);
  if (dueAt && dueAt <= now) return refuse('taskDuePast');
  const post = actor.posts.find(
    (held) =>
      (held.capabilities.includes('case.dispatch') &&
        (state.areaIds.includes(held.areaId) || held.organizationId === state.receivingOrganizationId)) ||
      (held.capabilities.includes('case.handle') && held.organizationId === state.leadOrganizationId),
  );
  if (!post) return refuse('notYours');
  const made = event(
    'task.opened',
    now,
    actor,
    post,
    { taskId: task.taskId, organizationId: task.organizationId, status: 'open', ...(dueAt ? { dueAt } : {}) },
    task.words,
  );
  return { ok: true, events: [made], state: evolve(state, made) };
};

export const changeTask = (
  state: CaseState,
  change: { readonly taskId: string; readonly status: TaskState['status']; readonly words?: string },
  actor: Actor,
  now: string,
): Decision => {
  if (isRespondent(state, actor)) return refuse('respondentMayNot');
  const task = state.tasks[change.taskId];
  if (!task) return refuse('unknownTask');
  if (!NEXT[task.status].includes(change.status)) return refuse('wrongTaskStatus');
  const post = actor.posts.find((held) =>
    change.status === 'cancelled'
      ? held.capabilities.includes('case.dispatch') &&
        (state.areaIds.includes(held.areaId) || held.organizationId === state.receivingOrganizationId)
      : held.capabilities.includes('case.handle') && held.organizationId === task.organizationId,
  );
  if (!post) return refuse('notYours');
  if (change.status !== 'acknowledged' && change.status !== 'cancelled' && !change.words?.trim()) return refuse('wordsMissing');
  const made = event('task.changed', now, actor, post, { ...task, status: change.status }, change.words);
  return { ok: true, events: [made], state: evolve(state, made) };
};

import type { CaseState, EventActor, NewEvent, TaskState } from '../case/schema.ts';
import { evolve } from '../procedure/rules.ts';

/** Where open work goes: from a person of a body to a colleague (null: back to the body's queue), or from a body to its heir. */
export type Destination = { readonly successionId: string; readonly from: string } & (
  | { readonly receiverId: string | null; readonly receiverPostId?: string }
  | { readonly heirId: string }
);

const isOpen = (task: TaskState): boolean => task.status === 'open' || task.status === 'acknowledged';

/** What of a case a body gives to its heir: lead, receipt, and open joint tasks; a task the heir would ask of itself is cancelled. */
const ofBody = (state: CaseState, from: string, heirId: string) => {
  const leads = state.leadOrganizationId === from;
  const assign = {
    ...(leads ? { leadOrganizationId: heirId, handlerId: null } : {}),
    ...(state.receivingOrganizationId === from ? { receivingOrganizationId: heirId } : {}),
  };
  const lead = leads ? heirId : state.leadOrganizationId;
  const tasks = Object.values(state.tasks)
    .filter((task) => isOpen(task) && (task.organizationId === from || (leads && task.organizationId === heirId)))
    .map((task): TaskState => (lead === heirId ? { ...task, status: 'cancelled' } : { ...task, organizationId: heirId }));
  return { assign, tasks };
};

/** The events by which a case changes hands without changing anything else: no stage, no clock, no fact but open tasks. Pure. */
export const handOver = (
  state: CaseState,
  to: Destination,
  actor: EventActor,
  now: string,
): { readonly events: readonly NewEvent[]; readonly state: CaseState } => {
  const { assign, tasks } =
    'heirId' in to ? ofBody(state, to.from, to.heirId) : { assign: { handlerId: to.receiverId }, tasks: [] as TaskState[] };
  const into =
    'heirId' in to ? { organizationId: to.heirId } : to.receiverPostId ? { postId: to.receiverPostId } : { organizationId: to.from };
  const event = (header: NewEvent['header']): NewEvent => ({
    type: 'case.handedOver',
    occurredAt: now,
    actor,
    header: { ...header, codes: { successionId: to.successionId, from: to.from, ...into } },
  });
  const events = [...(Object.keys(assign).length > 0 ? [event({ assign })] : []), ...tasks.map((task) => event({ task }))];
  return { events, state: events.reduce(evolve, state) };
};

import type { CaseState, RecordedEvent } from '../case/schema.ts';
import type { Procedure } from '../procedure/schema.ts';
import type { WebhookEvent } from './schema.ts';

/** What an event of the record is told as; undefined where nobody outside is told. Imported rows are another system's news already. */
export const webhookEventOf = (
  procedure: Procedure | undefined,
  event: Pick<RecordedEvent, 'type' | 'header'>,
): WebhookEvent | undefined => {
  const { type, header } = event;
  switch (type) {
    case 'case.filed':
      return 'case.filed';
    case 'clock.told':
      return header.clocks?.some((change) => change.state.overdueSince !== undefined) ? 'case.late' : undefined;
    case 'case.acted': {
      if (header.assign?.leadOrganizationId) return 'case.assigned';
      if (header.to && header.to !== header.from) {
        if (procedure?.stages[header.to]?.end) return 'case.ended';
        if (header.to === 'resolved') return 'case.resolved';
      }
      return 'case.changed';
    }
    case 'task.opened':
    case 'task.changed':
      return 'case.changed';
    case 'case.imported':
    case 'clock.recomputed':
    case 'note.added':
    case 'document.issued':
    case 'document.signed':
    case 'agreement.signed':
    case 'session.cancelled':
    case 'code.renewed':
    case 'content.erased':
      return undefined;
    default:
      return undefined;
  }
};

interface Subscription {
  readonly organizationId: string;
  readonly areaId?: string;
  readonly events: readonly string[];
}

/** Whether a subscription hears of a case: its body has it in hand, or it lies in its area and is not confidential. Never the side complained of (R5). */
export const hears = (
  { organizationId, areaId, events }: Subscription,
  event: WebhookEvent,
  state: Pick<
    CaseState,
    'areaIds' | 'receivingOrganizationId' | 'leadOrganizationId' | 'supportingOrganizationIds' | 'respondentOrganizationId'
  >,
  confidential: boolean,
): boolean => {
  if (!events.includes(event) || state.respondentOrganizationId === organizationId) return false;
  if (areaId !== undefined) return !confidential && state.areaIds.includes(areaId);
  return [state.receivingOrganizationId, state.leadOrganizationId, ...state.supportingOrganizationIds].includes(organizationId);
};

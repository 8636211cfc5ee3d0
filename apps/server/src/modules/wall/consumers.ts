import { DAY_MS, dateOfDay, dayOfInstant, instantToLocalDate, msOfDay } from '@tongxin/domain/calendar/rules.ts';
import { light } from '@tongxin/domain/clock/rules.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { KEPT_DAYS } from '@tongxin/domain/wall/rules.ts';
import { RATINGS } from '@tongxin/domain/wall/view.ts';
import type { Deps } from '../../platform/deps.ts';
import { defineConsumer, type FeedEvent } from '../../platform/feed/consumer.ts';
import { addFlow, type CaseNow, dropOpen, type FlowRow, findCasesNow, forgetFlow, type OpenCase, putOpen, type Step } from './repo.ts';

/** Stages in which the body that handled has done its part: orders, and letters. */
const RESOLVED = new Set(['resolved', 'opinionIssued', 'settled']);

const isOpening = ({ type }: FeedEvent): boolean => type === 'case.filed' || type === 'case.imported';

/** What a wall counts of an event. */
const stepsOf = (event: FeedEvent, procedure: Procedure): Step[] => {
  const { header } = event;
  if (isOpening(event)) return header.codes?.dateUnknown ? [] : ['received'];
  const steps: Step[] = [];
  if (typeof header.assign?.leadOrganizationId === 'string') steps.push('dispatched');
  const satisfaction = header.set?.satisfaction ?? header.input?.satisfaction;
  const rating = RATINGS.find((one) => one === satisfaction);
  if (rating) steps.push(rating);
  if (header.to === undefined || header.to === header.from) return steps;
  if (RESOLVED.has(header.to)) steps.push('resolved');
  if (procedure.stages[header.to]?.end) steps.push('closed');
  return steps;
};

/** What was filed counts on its own day, what was done when it was recorded: as the statistics have it. */
const timeOf = (event: FeedEvent): string => (isOpening(event) ? event.occurredAt : event.recordedAt);

const hourOf = (instant: string): number => Math.floor(((Date.parse(instant) - msOfDay(dayOfInstant(instant))) * 24) / DAY_MS);

/** By the limit the resident waits for; late is, as in the statistics, whose limit has run out and was not stopped. */
const lightOf = (one: CaseNow, procedure: Procedure, now: string): OpenCase['light'] => {
  const id = procedure.lights.overall;
  const clock = one.state.clocks[id];
  if (!clock || clock.status === 'stopped') return 'other';
  if (clock.overdueSince !== undefined) return 'overdue';
  const shown = light(procedure.clocks[id]!, clock, now);
  return shown === 'green' ? 'onTime' : shown === 'amber' ? 'dueSoon' : shown === 'red' ? 'overdue' : 'other';
};

const procedureOf = (deps: Deps, id: string, version: number): Procedure | undefined =>
  deps.procedures.get(id, version) ?? deps.procedures.latest(id);

/** Keeps what a wall shows: steps by the hour, and the cases open now as they stand. Sums of areas leave it, never a case. */
export const wallConsumer = defineConsumer({
  name: 'wall',
  batch: 1000,
  handle: async (tx, events, deps) => {
    const now = deps.clock.now().toISOString();
    const oldest = dateOfDay(dayOfInstant(now) - KEPT_DAYS);
    const cases = new Map((await findCasesNow(tx, [...new Set(events.map(({ caseId }) => caseId))])).map((one) => [one.case_id, one]));
    const flow = events.flatMap((event): FlowRow[] => {
      const one = cases.get(event.caseId);
      const procedure = one && procedureOf(deps, one.procedure_id, one.procedure_version);
      const at = timeOf(event);
      const day = instantToLocalDate(at);
      if (!procedure || day < oldest) return [];
      return stepsOf(event, procedure).flatMap((step) => one.area_ids.map((areaId) => ({ areaId, day, hour: hourOf(at), step })));
    });
    await addFlow(tx, flow);
    await forgetFlow(tx, oldest);
    const open = [...cases.values()].flatMap((one): OpenCase[] => {
      const procedure = procedureOf(deps, one.procedure_id, one.procedure_version);
      if (one.ended || !procedure) return [];
      const { case_id, area_ids, organization_id, since } = one;
      const lit = lightOf(one, procedure, now);
      return [{ caseId: case_id, areaIds: area_ids, light: lit, organizationId: organization_id, since: since.toISOString() }];
    });
    await putOpen(tx, open);
    await dropOpen(
      tx,
      [...cases.values()].filter(({ ended }) => ended).map(({ case_id }) => case_id),
    );
  },
});

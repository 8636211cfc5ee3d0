import { createHash } from 'node:crypto';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import { tellAt } from '@tongxin/domain/notice/delivery/rules.ts';
import { type Audience, tellingsOf } from '@tongxin/domain/notice/rules.ts';
import { DEFAULT_SETTINGS } from '@tongxin/domain/notice/schema.ts';
import { defineConsumer, type FeedEvent } from '../../platform/feed/consumer.ts';
import type { Tx } from '../../platform/tx/tx.ts';
import { findFormer, findHolders, findOnDuty, findStates, type Holder, type NewNotice, putNotices } from './audience/repo.ts';
import { findOwnShifts, findSettings } from './delivery/repo.ts';

/** Catching up on old events must not ring today. */
const STALE_MS = 3 * 86_400_000;
/** Notices written by one statement: a large body's people all hear, some at a time. */
const AT_ONCE = 1000;

const noticeId = (event: FeedEvent, personId: string): string => {
  const hex = createHash('sha256').update(`${event.caseId}:${event.eventNo}:${personId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Of a confided case only its people hear: one person, or who heads a body of it. */
const isAmong = (audience: Audience, holder: Holder, confided: boolean): boolean => {
  if (confided && (audience.to === 'area' || !holder.capabilities.includes('case.confided'))) return false;
  const able = (capabilities: readonly string[]): boolean => confided || capabilities.some((one) => holder.capabilities.includes(one));
  switch (audience.to) {
    case 'posts':
      return holder.organization_id === audience.organizationId && able(audience.capabilities);
    case 'responsible':
      return holder.organization_id === audience.organizationId && holder.responsibility === audience.rank;
    case 'area':
      return audience.areaIds.includes(holder.area_id) && able(audience.capabilities);
    case 'person':
      return holder.person_id === audience.personId;
    default:
      return audience satisfies never;
  }
};

/** Those of a body who are on duty, when any of them is: nights and holidays ring the roster, not the whole office. */
const onDutyFirst = (holders: readonly Holder[], onDuty: ReadonlySet<string>): readonly Holder[] => {
  const present = holders.filter((holder) => onDuty.has(holder.post_id));
  return present.length > 0 ? present : holders;
};

/** When each person wants to be told of it, by their own choice; what a person does not want at all is left out. */
const timed = async (tx: Tx, found: readonly Omit<NewNotice, 'tellAt'>[], now: string): Promise<NewNotice[]> => {
  const settings = await findSettings(tx, [...new Set(found.map(({ personId }) => personId))]);
  const onShifts = [...settings].filter(([, { digest }]) => digest === 'shift').map(([personId]) => personId);
  const shifts = onShifts.length ? await findOwnShifts(tx, onShifts, now) : new Map();
  return found.flatMap((notice) => {
    const at = tellAt(settings.get(notice.personId) ?? DEFAULT_SETTINGS, notice, now, shifts.get(notice.personId));
    return at ? [{ ...notice, tellAt: at }] : [];
  });
};

/**
 * Notices in the app: a case arrived in your queue, something was said or demanded about it, it went to others, or its clock speaks. A person
 * is told once of an event, of what weighs most. Ids and codes only; the case is read
 * under the reader's own scope.
 */
export const noticeConsumer = defineConsumer({
  name: 'notice',
  batch: 500,
  confided: true,
  handle: async (tx, events, deps) => {
    const now = deps.clock.now();
    const fresh = events.filter((event) => now.getTime() - Date.parse(event.recordedAt) < STALE_MS);
    if (fresh.length === 0) return;
    const cases = await findStates(tx, [...new Set(fresh.map((event) => event.caseId))]);
    const former = await findFormer(
      tx,
      fresh.filter(({ header }) => header.assign?.leadOrganizationId !== undefined),
    );
    const tellings = fresh.flatMap((event) => {
      const one = cases.get(event.caseId);
      const procedure = one && deps.procedures.get(one.state.procedureId, one.state.procedureVersion);
      if (!one || !procedure) return [];
      const before = former.find(({ caseId, eventNo }) => caseId === event.caseId && eventNo === event.eventNo);
      return tellingsOf(procedure, one.state, event, before).map((telling) => ({
        event,
        telling,
        number: one.number,
        urgent: one.urgent,
        confided: procedure.confided ?? false,
      }));
    });
    if (tellings.length === 0) return;
    const audiences = tellings.flatMap(({ telling }) => telling.audiences);
    const organizationIds = [...new Set(audiences.flatMap((one) => ('organizationId' in one ? [one.organizationId] : [])))];
    const areaIds = [...new Set(audiences.flatMap((one) => (one.to === 'area' ? one.areaIds : [])))];
    const holders = await findHolders(tx, organizationIds, areaIds, instantToLocalDate(now.toISOString()));
    const onDuty = await findOnDuty(tx, organizationIds, now.toISOString());
    const told = new Set<string>();
    const found = tellings.flatMap(({ event, telling, number, urgent, confided }) => {
      const people = new Set(
        telling.audiences.flatMap((audience) =>
          audience.to === 'person'
            ? [audience.personId]
            : onDutyFirst(
                holders.filter((holder) => isAmong(audience, holder, confided)),
                onDuty,
              ).map((holder) => holder.person_id),
        ),
      );
      if (event.actor.personId) people.delete(event.actor.personId);
      for (const personId of people) {
        const id = noticeId(event, personId);
        if (told.has(id)) people.delete(personId);
        told.add(id);
      }
      return [...people].map(
        (personId): Omit<NewNotice, 'tellAt'> => ({
          personId,
          noticeId: noticeId(event, personId),
          caseId: event.caseId,
          kind: telling.kind,
          params: {
            number,
            ...(event.header.to ? { stage: event.header.to } : {}),
            ...(event.header.codes?.clock ? { clock: event.header.codes.clock } : {}),
          },
          urgent,
          createdAt: event.recordedAt,
        }),
      );
    });
    const notices = await timed(tx, found, now.toISOString());
    for (let i = 0; i < notices.length; i += AT_ONCE) await putNotices(tx, notices.slice(i, i + AT_ONCE), now.toISOString());
  },
});

import { closesAt, isOpen, turnOf } from '@tongxin/domain/reception/rules.ts';
import type { DeskBooking, OwnAdvice, OwnBooking, SessionView } from '@tongxin/domain/reception/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import type { AdviceRecord, BookingRecord, SessionRecord } from './repo.ts';

/** What a sealed word of a booking is bound to. */
export const bookingPlace = (id: string, field: 'name' | 'behalf' | 'purpose' | 'minutes' | 'advice'): string => `booking:${id}:${field}`;

const opened = (deps: Deps, id: string, field: 'behalf' | 'purpose' | 'minutes', sealed: Buffer | null): string | undefined =>
  sealed ? deps.crypto.open(sealed, bookingPlace(id, field)).toString('utf8') : undefined;

export const presentSession = (deps: Deps, row: SessionRecord): SessionView => {
  const body = deps.directory.organization(row.organization_id);
  const areaLabel = deps.directory.area(row.area_id)?.label;
  const startsAt = row.starts_at.toISOString();
  return {
    id: row.session_id,
    kind: row.kind,
    way: row.way,
    organizationId: row.organization_id,
    organizationLabel: body?.label ?? { zh: row.organization_id },
    postId: row.post_id,
    areaId: row.area_id,
    ...(areaLabel ? { areaLabel } : {}),
    postLabel: deps.directory.post(row.post_id)?.label ?? { zh: row.post_id },
    place: row.place,
    startsAt,
    endsAt: row.ends_at.toISOString(),
    minutes: row.minutes,
    slots: row.slots,
    ...(row.matters ? { matters: row.matters } : {}),
    free: row.called_off_because ? [] : Array.from({ length: row.slots }, (_, i) => i + 1).filter((slot) => !row.taken.includes(slot)),
    closesAt: closesAt(startsAt),
    ...(row.called_off_because ? { calledOff: row.called_off_because } : {}),
  };
};

const common = (deps: Deps, row: BookingRecord, session: SessionView) => ({
  id: row.booking_id,
  slot: row.slot,
  at: turnOf(session, row.slot),
  state: row.state,
  purpose: opened(deps, row.booking_id, 'purpose', row.purpose_sealed) ?? '',
  needs: [...row.needs],
  companions: row.companions,
});

export const presentOwn = (deps: Deps, row: BookingRecord, session: SessionView, next: SessionView | undefined): OwnBooking => {
  const behalfOf = opened(deps, row.booking_id, 'behalf', row.behalf_sealed);
  return {
    ...common(deps, row, session),
    session,
    ...(behalfOf ? { behalfOf } : {}),
    mayChange: row.state === 'booked' && isOpen(session.startsAt, deps.clock.now().toISOString()),
    ...(row.state === 'calledOff' && next ? { next: { id: next.id, startsAt: next.startsAt } } : {}),
  };
};

const adviceWords = (deps: Deps, { booking_id, words_sealed }: AdviceRecord): string =>
  deps.crypto.open(words_sealed, bookingPlace(booking_id, 'advice')).toString('utf8');

export const presentAdvice = (deps: Deps, row: AdviceRecord): OwnAdvice => ({
  id: row.booking_id,
  at: row.turn_at.toISOString(),
  organizationLabel: deps.directory.organization(row.organization_id)?.label ?? { zh: row.organization_id },
  postLabel: deps.directory.post(row.post_id)?.label ?? { zh: row.post_id },
  words: adviceWords(deps, row),
});

/** A turn its lawyer must not take: that it is there, and nothing of it. */
export const presentConflict = ({ booking_id, slot }: { booking_id: string; slot: number }, session: SessionView): DeskBooking => ({
  id: booking_id,
  slot,
  at: turnOf(session, slot),
  state: 'booked',
  purpose: '',
  needs: [],
  companions: 0,
  onBehalf: false,
  conflict: true,
});

export const presentForDesk = (deps: Deps, row: BookingRecord, session: SessionView, advice?: AdviceRecord): DeskBooking => {
  const minutes = opened(deps, row.booking_id, 'minutes', row.minutes_sealed);
  return {
    ...common(deps, row, session),
    onBehalf: row.behalf_sealed !== null,
    ...(minutes ? { minutes } : {}),
    ...(advice ? { advice: adviceWords(deps, advice) } : {}),
    ...(row.case_id ? { caseId: row.case_id } : {}),
  };
};

-- Whoever draws from a roster reads it; only whoever keeps it writes it. A number stays with its person: of a line that stands only the days change.
alter policy panellist_scope on panellist using (may_manage('hearing.roster', area_id, null)) with check (may_manage('hearing.roster', area_id, null));
create policy panellist_drawn on panellist for select to tongxin_app using (draws_from(area_id));
revoke update (area_id, name_sealed, field, organization_id) on panellist from tongxin_app;

-- Duty hours are of the lawyer who gave them: a successor in the post, or who shares it, may call them off and reads nothing of who booked.
create or replace function keeps_session(p_session uuid) returns boolean language sql stable as $$
  select exists (select 1 from reception_session s where s.session_id = p_session and keeps_hours(s.kind, s.organization_id, s.post_id)
    and (s.kind <> 'legal' or s.published_by = acting())) $$;
alter policy reception_session_publish on reception_session with check (keeps_hours(kind, organization_id, post_id) and published_by = acting());

-- When the person had an advice erased: it does not come back.
alter table reception_booking add column advice_erased_at timestamptz;
grant select (advice_erased_at) on reception_booking to tongxin_app;

-- Functions that are there are changed by whom they belong to.
set local role tongxin_definer;
create or replace function call_off_bookings(p_session uuid, p_now timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from reception_session s where s.session_id = p_session and keeps_hours(s.kind, s.organization_id, s.post_id)) then
    raise exception 'not this session' using errcode = '42501';
  end if;
  delete from legal_matter m using reception_booking b where b.booking_id = m.booking_id and b.session_id = p_session and b.state = 'booked';
  update reception_booking set state = 'calledOff', changed_at = p_now where session_id = p_session and state = 'booked';
end $$;

create or replace function read_booking(p_booking uuid, p_purpose text, p_post uuid, p_access uuid, p_now timestamptz)
  returns table (person_id uuid, name_sealed bytea, behalf_sealed bytea, phone_sealed bytea, phone_index bytea)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_organization uuid;
begin
  if length(trim(coalesce(p_purpose, ''))) < 2 then raise exception 'purpose required' using errcode = '42501'; end if;
  select b.person_id, s.organization_id into v_person, v_organization from reception_booking b join reception_session s using (session_id)
    where b.booking_id = p_booking and keeps_session(s.session_id) and not conflicted(p_booking);
  if v_person is null then return; end if;
  insert into person_access (access_id, person_id, reader_person_id, reader_post_id, reader_organization_id, purpose, fields, read_at)
    values (p_access, v_person, acting(), p_post, v_organization, p_purpose, '{name,phone}', p_now) on conflict (access_id) do nothing;
  return query select v_person, b.name_sealed, b.behalf_sealed, p.phone_sealed, p.phone_index from reception_booking b join person p on p.person_id = v_person
    where b.booking_id = p_booking;
end $$;

create or replace function write_advice(p_booking uuid, p_words bytea, p_now timestamptz) returns boolean language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  v reception_booking%rowtype;
  v_session reception_session%rowtype;
begin
  select b.* into v from reception_booking b join reception_session s using (session_id)
    where b.booking_id = p_booking and s.kind = 'legal' and keeps_session(s.session_id) for update of b;
  select * into v_session from reception_session where session_id = v.session_id;
  if v.booking_id is null or v.person_id is null or v.advice_erased_at is not null or v.state not in ('booked', 'came', 'absent') or conflicted(p_booking) then
    return false;
  end if;
  insert into legal_advice (booking_id, session_id, turn_at, person_id, lawyer_id, words_sealed, written_at, changed_at)
    values (p_booking, v.session_id, v_session.starts_at + (v.slot - 1) * v_session.minutes * interval '1 minute', v.person_id, acting(), p_words, p_now, p_now)
    on conflict (booking_id) do update set words_sealed = p_words, changed_at = p_now where legal_advice.lawyer_id = acting();
  if not found then return false; end if;
  update reception_booking set state = 'came', changed_at = p_now where booking_id = p_booking;
  return true;
end $$;

-- The booking is held first, as whoever writes the advice does.
create or replace function erase_advice(p_booking uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from legal_advice where booking_id = p_booking and person_id = acting();
  if not found then return false; end if;
  perform 1 from reception_booking where booking_id = p_booking for update;
  delete from legal_advice where booking_id = p_booking and person_id = acting();
  if not found then return false; end if;
  delete from legal_matter where booking_id = p_booking;
  update reception_booking set advice_erased_at = now() where booking_id = p_booking;
  return true;
end $$;

drop function decline_booking(uuid, timestamptz);
reset role;
-- The lawyer cannot take a turn that has not come: it waits for its person to be told, like one of a session that is not held. Again changes nothing.
-- Answers {session} or {code}.
create function decline_booking(p_booking uuid, p_now timestamptz) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v reception_booking%rowtype;
  v_turn timestamptz;
begin
  select b.* into v from reception_booking b join reception_session s using (session_id)
    where b.booking_id = p_booking and s.kind = 'legal' and keeps_session(s.session_id) for update of b;
  if v.booking_id is null or v.state not in ('booked', 'calledOff') then return '{"code": "notFound"}'; end if;
  select s.starts_at + (v.slot - 1) * s.minutes * interval '1 minute' into v_turn from reception_session s where s.session_id = v.session_id;
  if v.state = 'booked' then
    if v_turn <= p_now then return '{"code": "closed"}'; end if;
    delete from legal_matter where booking_id = p_booking;
    update reception_booking set state = 'calledOff', changed_at = p_now where booking_id = p_booking;
  end if;
  return jsonb_build_object('session', v.session_id);
end $$;

-- Whether a dispute was opened for a matter: asked so that whoever does not see the dispute is not told of mediation either.
create function screening_is_linked(p_report uuid, p_item integer) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from screening_case where report_id = p_report and item_no = p_item) $$;
grant select on screening_case to tongxin_definer;

do $$
declare f text;
begin
  foreach f in array array['decline_booking(uuid, timestamptz)', 'screening_is_linked(uuid, integer)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;

-- Duty hours of lawyers (法律咨询) are reception hours of another kind: kept by the post that advises, not by its body; what was said is between two people.
alter table reception_session add column kind text not null default 'reception' check (kind in ('reception', 'legal'));
alter table reception_session add column way text not null default 'place' check (way in ('place', 'phone', 'video'));
create index reception_session_post on reception_session (post_id, starts_at desc);

-- Whether the caller holds a post that advises, today.
create function advises(p_post uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(acting(), now()) h where h.post_id = p_post and 'legal.advise' = any (h.capabilities)) $$;
create function keeps_hours(p_kind text, p_organization uuid, p_post uuid) returns boolean language sql stable as $$
  select case p_kind when 'legal' then advises(p_post) else may_manage('reception.manage', null, p_organization) end $$;
create or replace function keeps_session(p_session uuid) returns boolean language sql stable as $$
  select exists (select 1 from reception_session s where s.session_id = p_session and keeps_hours(s.kind, s.organization_id, s.post_id)) $$;
alter policy reception_session_publish on reception_session with check (keeps_hours(kind, organization_id, post_id));
alter policy reception_session_change on reception_session using (keeps_hours(kind, organization_id, post_id))
  with check (keeps_hours(kind, organization_id, post_id));

-- By what it is seen that a lawyer has advised the other side: keyed digests of two telephones, each for that lawyer alone. No role of the running
-- product reads this table; one function answers yes or no, to the lawyer whose booking it is. It goes with the booking, or with the advice where one is kept.
create table legal_matter (
  booking_id uuid primary key references reception_booking,
  lawyer_id uuid not null references person,
  own_index bytea,
  -- Null: nobody was named.
  other_index bytea,
  check (own_index is not null or other_index is not null)
);
create index legal_matter_own on legal_matter (lawyer_id, own_index);
create index legal_matter_other on legal_matter (lawyer_id, other_index) where other_index is not null;

-- What a lawyer wrote down of an advice, for the person and for the lawyer who gave it; for nobody else whatever post they hold.
create table legal_advice (
  booking_id uuid primary key references reception_booking,
  session_id uuid not null references reception_session,
  -- When the turn came: it outlives what the booking tells.
  turn_at timestamptz not null,
  person_id uuid not null references person,
  lawyer_id uuid not null references person,
  words_sealed bytea not null,
  written_at timestamptz not null,
  changed_at timestamptz not null
);
create index legal_advice_person on legal_advice (person_id, written_at desc);
create index legal_advice_kept on legal_advice (written_at);

-- What everybody may know of a month, made once by the publish library and never again.
create table legal_release (
  month date primary key check (extract(day from month) = 1),
  least integer not null,
  figures jsonb not null,
  released_at timestamptz not null
);

-- Below which income a province calls somebody poor for legal aid (法律援助法 34), as a locality gives it with its source.
create table aid_standard (
  standard_id uuid primary key,
  area_id uuid not null references area,
  -- Yuan a month for each member of a household.
  monthly_income integer not null check (monthly_income between 1 and 100000),
  source text not null,
  valid_from date not null,
  set_by uuid default acting() references person check (set_by is not null),
  set_at timestamptz not null
);
create index aid_standard_area on aid_standard (area_id, valid_from desc);

do $$
declare t text;
begin
  foreach t in array array['legal_matter', 'legal_advice', 'legal_release', 'aid_standard'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I to tongxin_maintenance using (true) with check (true)', t || '_maintenance', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;
create policy legal_advice_own on legal_advice for select to tongxin_app using (person_id = acting() or lawyer_id = acting());
grant select on legal_advice to tongxin_app;
create policy legal_release_read on legal_release for select to tongxin_app using (true);
grant select on legal_release to tongxin_app;
create policy aid_standard_read on aid_standard for select to tongxin_app using (true);
create policy aid_standard_set on aid_standard for insert to tongxin_app with check (may_manage('legalAid.manage', area_id, null));
grant select, insert (standard_id, area_id, monthly_income, source, valid_from, set_at) on aid_standard to tongxin_app;
grant select, insert, update, delete on legal_matter, legal_advice to tongxin_definer;

-- Whether the lawyer of a booking has advised its other side: each named the other, or this one names somebody who was advised and named nobody.
create function conflicted(p_booking uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from legal_matter m join legal_matter e on e.lawyer_id = m.lawyer_id and e.booking_id <> m.booking_id
      and e.own_index is distinct from m.own_index
      and (e.other_index = m.own_index or (e.own_index = m.other_index and e.other_index is null))
    where m.booking_id = p_booking and (exists (select 1 from reception_booking b where b.booking_id = e.booking_id and b.state = 'came')
      or exists (select 1 from legal_advice a where a.booking_id = e.booking_id))) $$;
alter policy reception_booking_seen on reception_booking using (person_id = acting() or (keeps_session(session_id) and not conflicted(booking_id)));

-- Which turns of a session its lawyer must not take: their numbers, and nothing of what about.
create function legal_conflicts(p_session uuid) returns table (booking_id uuid, slot integer) language sql stable security definer
  set search_path = public, pg_temp as $$
  select b.booking_id, b.slot from reception_booking b where b.session_id = p_session and b.state in ('booked', 'came', 'absent')
    and keeps_session(p_session) and conflicted(b.booking_id) order by b.slot $$;

-- Notes by what a conflict of the session's lawyer would be seen. The indexes are made for that lawyer by the caller's server.
create function note_matter(p_booking uuid, p_own bytea, p_other bytea) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into legal_matter (booking_id, lawyer_id, own_index, other_index)
    select b.booking_id, s.published_by, p_own, p_other from reception_booking b join reception_session s using (session_id)
    where b.booking_id = p_booking and b.person_id = acting() and b.state = 'booked' and s.kind = 'legal' and (p_own is not null or p_other is not null)
    on conflict (booking_id) do nothing;
end $$;

-- Writes down what was advised, by whoever keeps the hours, or corrects one's own words; then the person came. False where it is nobody's to write.
create function write_advice(p_booking uuid, p_words bytea, p_now timestamptz) returns boolean language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  v reception_booking%rowtype;
  v_session reception_session%rowtype;
begin
  select b.* into v from reception_booking b join reception_session s using (session_id)
    where b.booking_id = p_booking and s.kind = 'legal' and advises(s.post_id) for update of b;
  select * into v_session from reception_session where session_id = v.session_id;
  if v.booking_id is null or v.person_id is null or v.state not in ('booked', 'came', 'absent') or conflicted(p_booking) then return false; end if;
  insert into legal_advice (booking_id, session_id, turn_at, person_id, lawyer_id, words_sealed, written_at, changed_at)
    values (p_booking, v.session_id, v_session.starts_at + (v.slot - 1) * v_session.minutes * interval '1 minute', v.person_id, acting(), p_words, p_now, p_now)
    on conflict (booking_id) do update set words_sealed = p_words, changed_at = p_now where legal_advice.lawyer_id = acting();
  if not found then return false; end if;
  update reception_booking set state = 'came', changed_at = p_now where booking_id = p_booking;
  return true;
end $$;

-- The lawyer cannot take a booking: it waits for its person to be told, like one of a session that is not held. Answers its session.
create function decline_booking(p_booking uuid, p_now timestamptz) returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare v reception_booking%rowtype;
begin
  select b.* into v from reception_booking b join reception_session s using (session_id)
    where b.booking_id = p_booking and s.kind = 'legal' and advises(s.post_id) for update of b;
  if v.booking_id is null or v.state not in ('booked', 'calledOff') then return null; end if;
  delete from legal_matter where booking_id = p_booking;
  update reception_booking set state = 'calledOff', changed_at = p_now where booking_id = p_booking and state = 'booked';
  return v.session_id;
end $$;

-- The person wants nothing kept of an advice.
create function erase_advice(p_booking uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from legal_advice where booking_id = p_booking and person_id = acting();
  if not found then return false; end if;
  delete from legal_matter where booking_id = p_booking;
  return true;
end $$;

-- Functions that are there are changed by whom they belong to.
set local role tongxin_definer;
create or replace function forget_bookings_of_person() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from legal_matter m where exists (select 1 from reception_booking b where b.booking_id = m.booking_id and b.person_id = new.person_id)
    or exists (select 1 from legal_advice a where a.booking_id = m.booking_id and a.person_id = new.person_id);
  delete from legal_advice where person_id = new.person_id;
  update reception_booking set name_sealed = null, behalf_sealed = null, purpose_sealed = null, minutes_sealed = null, person_id = null, case_id = null,
    state = case when state = 'booked' then 'cancelled' else state end, changed_at = now(), blinded_at = now() where person_id = new.person_id;
  return null;
end $$;

-- As in 0045, by whoever keeps the hours; a lawyer's booking stays with that lawyer, so that no other one hears of it.
create or replace function change_booking(p_booking uuid, p_session uuid, p_slot integer, p_purpose bytea, p_needs text[], p_companions integer, p_now timestamptz)
  returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v reception_booking%rowtype;
  v_found jsonb;
  v_slot integer;
begin
  perform 1 from reception_session where session_id = p_session
    or session_id = (select session_id from reception_booking where booking_id = p_booking and person_id = acting()) order by session_id for update;
  select * into v from reception_booking where booking_id = p_booking and person_id = acting() for update;
  if v.booking_id is null then return '{"code": "notFound"}'; end if;
  if v.state <> 'booked' or (select starts_at from reception_session where session_id = v.session_id) - interval '2 hours' <= p_now then
    return '{"code": "closed"}';
  end if;
  if exists (select 1 from reception_session a, reception_session b where a.session_id = v.session_id and b.session_id = p_session
      and (a.kind <> b.kind or (a.kind = 'legal' and a.published_by <> b.published_by))) then return '{"code": "otherHours"}'; end if;
  v_slot := coalesce(p_slot, case when v.session_id = p_session then v.slot end);
  v_found := find_slot(p_session, v_slot, p_booking, p_now);
  if v_found ? 'code' then return v_found; end if;
  update reception_booking set session_id = p_session, slot = (v_found->>'slot')::integer, purpose_sealed = p_purpose, needs = p_needs,
    companions = p_companions, changed_at = p_now, reminded_at = case when session_id = p_session then reminded_at end where booking_id = p_booking;
  return v_found;
end $$;

create or replace function cancel_booking(p_booking uuid, p_now timestamptz) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare v reception_booking%rowtype;
begin
  select * into v from reception_booking where booking_id = p_booking and person_id = acting() for update;
  if v.booking_id is null then return '{"code": "notFound"}'; end if;
  if v.state = 'cancelled' then return jsonb_build_object('slot', v.slot); end if;
  if v.state <> 'booked' or (select starts_at from reception_session where session_id = v.session_id) - interval '2 hours' <= p_now then
    return '{"code": "closed"}';
  end if;
  delete from legal_matter where booking_id = p_booking;
  update reception_booking set state = 'cancelled', changed_at = p_now where booking_id = p_booking;
  return jsonb_build_object('slot', v.slot);
end $$;

create or replace function call_off_bookings(p_session uuid, p_now timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not keeps_session(p_session) then raise exception 'not this session' using errcode = '42501'; end if;
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
    where b.booking_id = p_booking and keeps_hours(s.kind, s.organization_id, s.post_id) and not conflicted(p_booking);
  if v_person is null then return; end if;
  insert into person_access (access_id, person_id, reader_person_id, reader_post_id, reader_organization_id, purpose, fields, read_at)
    values (p_access, v_person, acting(), p_post, v_organization, p_purpose, '{name,phone}', p_now) on conflict (access_id) do nothing;
  return query select v_person, b.name_sealed, b.behalf_sealed, p.phone_sealed, p.phone_index from reception_booking b join person p on p.person_id = v_person
    where b.booking_id = p_booking;
end $$;

create or replace function give_to_speaker(p_case uuid, p_party uuid, p_booking uuid) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update case_party p set person_id = b.person_id from reception_booking b join reception_session s using (session_id)
    where b.booking_id = p_booking and b.case_id = p_case and p.case_id = p_case and p.party_id = p_party and p.person_id is null
      and s.kind = 'reception' and may_manage('reception.manage', null, s.organization_id);
end $$;

reset role;

do $$
declare f text;
begin
  foreach f in array array['advises(uuid)', 'conflicted(uuid)', 'legal_conflicts(uuid)', 'note_matter(uuid, bytea, bytea)',
    'write_advice(uuid, bytea, timestamptz)', 'decline_booking(uuid, timestamptz)', 'erase_advice(uuid)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant execute on function advises(uuid), conflicted(uuid) to tongxin_definer;

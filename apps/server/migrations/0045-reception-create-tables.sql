-- Hours in which a post of a body receives (接待日, 领导接访): published by the body, cut into slots, each booked once.
create table reception_session (
  session_id uuid primary key,
  organization_id uuid not null references organization,
  post_id uuid not null references post,
  place text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  minutes integer not null check (minutes between 5 and 120),
  slots integer not null check (slots between 1 and 60),
  matters text,
  digest bytea not null,
  published_by uuid not null,
  published_at timestamptz not null,
  called_off_at timestamptz,
  called_off_because text,
  check (starts_at + slots * minutes * interval '1 minute' <= ends_at),
  check ((called_off_at is null) = (called_off_because is null))
);
create index reception_session_time on reception_session (starts_at, session_id);
create index reception_session_body on reception_session (organization_id, starts_at desc);

create table reception_booking (
  booking_id uuid primary key,
  session_id uuid not null references reception_session,
  slot integer not null check (slot > 0),
  state text not null check (state in ('booked', 'cancelled', 'calledOff', 'came', 'absent')),
  -- Null once its time is over: then nobody knows any more who came.
  person_id uuid references person,
  name_sealed bytea,
  behalf_sealed bytea,
  purpose_sealed bytea,
  -- What the office noted of the talk, for itself.
  minutes_sealed bytea,
  needs text[] not null,
  companions integer not null check (companions between 0 and 4),
  digest bytea not null,
  booked_at timestamptz not null,
  changed_at timestamptz not null,
  reminded_at timestamptz,
  -- When its person was told that the session was called off.
  told_at timestamptz,
  -- The letter that was opened from the talk, as long as it is known whose.
  case_id uuid,
  case_opened boolean not null default false,
  blinded_at timestamptz
);
-- A slot is somebody's, and of one session nobody has two. What was cancelled leaves both free.
create unique index reception_booking_slot on reception_booking (session_id, slot) where state in ('booked', 'came', 'absent');
create unique index reception_booking_once on reception_booking (session_id, person_id) where state in ('booked', 'came', 'absent');
create index reception_booking_person on reception_booking (person_id, booked_at desc) where person_id is not null;
create index reception_booking_untold on reception_booking (changed_at) where state = 'calledOff' and told_at is null;
create index reception_booking_kept on reception_booking (session_id) where blinded_at is null;

do $$
declare t text;
begin
  foreach t in array array['reception_session', 'reception_booking'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I to tongxin_maintenance using (true) with check (true)', t || '_maintenance', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;
create policy reception_session_read on reception_session for select to tongxin_app using (true);
create policy reception_session_publish on reception_session for insert to tongxin_app with check (may_manage('reception.manage', null, organization_id));
create policy reception_session_change on reception_session for update to tongxin_app using (may_manage('reception.manage', null, organization_id))
  with check (may_manage('reception.manage', null, organization_id));
grant select, insert, update (called_off_at, called_off_because) on reception_session to tongxin_app;

-- A booking is its person's and its office's; the name in it is opened for a purpose alone, below.
create function keeps_session(p_session uuid) returns boolean language sql stable as $$
  select exists (select 1 from reception_session s where s.session_id = p_session and may_manage('reception.manage', null, s.organization_id)) $$;
create policy reception_booking_seen on reception_booking to tongxin_app using (person_id = acting() or keeps_session(session_id))
  with check (keeps_session(session_id));
grant select (booking_id, session_id, slot, state, person_id, behalf_sealed, purpose_sealed, minutes_sealed, needs, companions, digest, booked_at, changed_at, case_id,
  case_opened, blinded_at), update (state, minutes_sealed, changed_at, case_id, case_opened) on reception_booking to tongxin_app;
grant select, insert, update on reception_booking to tongxin_definer;
grant select, update on reception_session to tongxin_definer;

-- Which slots of a session are taken: everybody may know, by whom nobody.
create function reception_taken(p_session uuid) returns integer[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(slot order by slot), '{}') from reception_booking where session_id = p_session and state in ('booked', 'came', 'absent') $$;

-- Finds a slot for the caller in a session that is held: the one that is wanted, or the first that is free. The session is locked until the end of the
-- transaction, so that the last slot is given once. Answers {slot} or {code}.
create function find_slot(p_session uuid, p_slot integer, p_booking uuid, p_now timestamptz) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v reception_session%rowtype;
  v_slot integer;
begin
  select * into v from reception_session where session_id = p_session for update;
  if v.session_id is null then return '{"code": "notFound"}'; end if;
  if v.called_off_at is not null then return '{"code": "calledOff"}'; end if;
  if v.starts_at - interval '2 hours' <= p_now then return '{"code": "closed"}'; end if;
  if exists (select 1 from reception_booking where session_id = p_session and person_id = acting() and booking_id <> p_booking
      and state in ('booked', 'came', 'absent')) then return '{"code": "twice"}'; end if;
  select min(n) into v_slot from generate_series(1, v.slots) n where (p_slot is null or n = p_slot)
    and not exists (select 1 from reception_booking b where b.session_id = p_session and b.slot = n and b.booking_id <> p_booking and b.state in ('booked', 'came', 'absent'));
  if v_slot is null then return jsonb_build_object('code', case when p_slot is null then 'full' else 'taken' end); end if;
  return jsonb_build_object('slot', v_slot);
end $$;

-- Books for the caller; the same again answers the same.
create function book_reception(p_booking uuid, p_session uuid, p_slot integer, p_sealed jsonb, p_needs text[], p_companions integer, p_digest bytea,
  p_now timestamptz) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_known reception_booking%rowtype;
  v_found jsonb;
begin
  perform 1 from person where person_id = acting() and kind = 'resident' and erased_at is null;
  if not found then raise exception 'not a resident' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended(p_booking::text, 0));
  select * into v_known from reception_booking where booking_id = p_booking;
  if v_known.booking_id is not null then
    return case when v_known.person_id = acting() and v_known.digest = p_digest then jsonb_build_object('slot', v_known.slot) else '{"code": "idTaken"}' end;
  end if;
  v_found := find_slot(p_session, p_slot, p_booking, p_now);
  if v_found ? 'code' then return v_found; end if;
  insert into reception_booking (booking_id, session_id, slot, state, person_id, name_sealed, behalf_sealed, purpose_sealed, needs, companions, digest, booked_at, changed_at)
    values (p_booking, p_session, (v_found->>'slot')::integer, 'booked', acting(), decode(p_sealed->>'name', 'base64'), decode(p_sealed->>'behalf', 'base64'),
      decode(p_sealed->>'purpose', 'base64'), p_needs, p_companions, p_digest, p_now, p_now);
  return v_found;
end $$;

-- Another time or other words of a booking that may still be changed, by its person. A wanted slot that is the booking's own stays.
create function change_booking(p_booking uuid, p_session uuid, p_slot integer, p_purpose bytea, p_needs text[], p_companions integer, p_now timestamptz)
  returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v reception_booking%rowtype;
  v_found jsonb;
  v_slot integer;
begin
  -- Sessions first, always in the same order, then the booking: as whoever calls a session off does.
  perform 1 from reception_session where session_id = p_session
    or session_id = (select session_id from reception_booking where booking_id = p_booking and person_id = acting()) order by session_id for update;
  select * into v from reception_booking where booking_id = p_booking and person_id = acting() for update;
  if v.booking_id is null then return '{"code": "notFound"}'; end if;
  if v.state <> 'booked' or (select starts_at from reception_session where session_id = v.session_id) - interval '2 hours' <= p_now then
    return '{"code": "closed"}';
  end if;
  v_slot := coalesce(p_slot, case when v.session_id = p_session then v.slot end);
  v_found := find_slot(p_session, v_slot, p_booking, p_now);
  if v_found ? 'code' then return v_found; end if;
  update reception_booking set session_id = p_session, slot = (v_found->>'slot')::integer, purpose_sealed = p_purpose, needs = p_needs,
    companions = p_companions, changed_at = p_now, reminded_at = case when session_id = p_session then reminded_at end where booking_id = p_booking;
  return v_found;
end $$;

-- Its person takes a booking back while it may be changed; again changes nothing.
create function cancel_booking(p_booking uuid, p_now timestamptz) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare v reception_booking%rowtype;
begin
  select * into v from reception_booking where booking_id = p_booking and person_id = acting() for update;
  if v.booking_id is null then return '{"code": "notFound"}'; end if;
  if v.state = 'cancelled' then return jsonb_build_object('slot', v.slot); end if;
  if v.state <> 'booked' or (select starts_at from reception_session where session_id = v.session_id) - interval '2 hours' <= p_now then
    return '{"code": "closed"}';
  end if;
  update reception_booking set state = 'cancelled', changed_at = p_now where booking_id = p_booking;
  return jsonb_build_object('slot', v.slot);
end $$;

-- The office cannot hold a session: every booking of it goes with it, and waits for its person to be told.
create function call_off_bookings(p_session uuid, p_now timestamptz) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from reception_session s where s.session_id = p_session and may_manage('reception.manage', null, s.organization_id)) then
    raise exception 'not this session' using errcode = '42501';
  end if;
  update reception_booking set state = 'calledOff', changed_at = p_now where session_id = p_session and state = 'booked';
end $$;

-- Opens who booked, for a purpose, to whoever keeps the session; the reading stands in that person's log. Once for each access id.
create function read_booking(p_booking uuid, p_purpose text, p_post uuid, p_access uuid, p_now timestamptz)
  returns table (person_id uuid, name_sealed bytea, behalf_sealed bytea, phone_sealed bytea, phone_index bytea)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_person uuid;
  v_organization uuid;
begin
  if length(trim(coalesce(p_purpose, ''))) < 2 then raise exception 'purpose required' using errcode = '42501'; end if;
  select b.person_id, s.organization_id into v_person, v_organization from reception_booking b join reception_session s using (session_id)
    where b.booking_id = p_booking and may_manage('reception.manage', null, s.organization_id);
  if v_person is null then return; end if;
  insert into person_access (access_id, person_id, reader_person_id, reader_post_id, reader_organization_id, purpose, fields, read_at)
    values (p_access, v_person, acting(), p_post, v_organization, p_purpose, '{name,phone}', p_now) on conflict (access_id) do nothing;
  return query select v_person, b.name_sealed, b.behalf_sealed, p.phone_sealed, p.phone_index from reception_booking b join person p on p.person_id = v_person
    where b.booking_id = p_booking;
end $$;

-- Whoever is erased has no booking any more, and no words of one.
create function forget_bookings_of_person() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update reception_booking set name_sealed = null, behalf_sealed = null, purpose_sealed = null, minutes_sealed = null, person_id = null, case_id = null,
    state = case when state = 'booked' then 'cancelled' else state end, changed_at = now(), blinded_at = now() where person_id = new.person_id;
  return null;
end $$;
create trigger person_bookings after update of erased_at on person for each row when (new.erased_at is not null) execute function forget_bookings_of_person();

-- The letter of a talk is its speaker's, as if filed while signed in.
create function give_to_speaker(p_case uuid, p_party uuid, p_booking uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update case_party p set person_id = b.person_id from reception_booking b join reception_session s using (session_id)
    where b.booking_id = p_booking and b.case_id = p_case and p.case_id = p_case and p.party_id = p_party and p.person_id is null
      and may_manage('reception.manage', null, s.organization_id);
end $$;

do $$
declare f text;
begin
  foreach f in array array['reception_taken(uuid)', 'find_slot(uuid, integer, uuid, timestamptz)',
    'book_reception(uuid, uuid, integer, jsonb, text[], integer, bytea, timestamptz)',
    'change_booking(uuid, uuid, integer, bytea, text[], integer, timestamptz)', 'cancel_booking(uuid, timestamptz)', 'call_off_bookings(uuid, timestamptz)',
    'read_booking(uuid, text, uuid, uuid, timestamptz)', 'forget_bookings_of_person()', 'give_to_speaker(uuid, uuid, uuid)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
revoke execute on function forget_bookings_of_person(), find_slot(uuid, integer, uuid, timestamptz) from tongxin_app;

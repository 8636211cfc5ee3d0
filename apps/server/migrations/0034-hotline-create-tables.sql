-- Telephone systems that announce calls: each by a signing secret of its own, sealed and shown once.
create table hotline_line (
  line_id uuid primary key,
  organization_id uuid not null references organization,
  name text not null check (length(name) between 1 and 80),
  secret_sealed bytea not null,
  made_at timestamptz not null,
  revoked_at timestamptz
);
create index hotline_line_body on hotline_line (organization_id);

-- 电话记录: each call of a body, in or out. The number is kept while somebody is on it and no longer: whoever leaves no report leaves no number,
-- so nothing can be added up about who calls. Who answered is kept as a post.
create table hotline_call (
  call_id uuid primary key,
  organization_id uuid not null references organization,
  direction text not null check (direction in ('in', 'out')),
  -- Null: typed by hand.
  line_id uuid references hotline_line,
  -- The call in the telephone system.
  source_call text,
  extension text,
  phone_sealed bytea,
  phone_index bytea,
  began_at timestamptz not null,
  -- Whoever has it on the line, until it is put away.
  person_id uuid references person,
  post_id uuid references post,
  answered_at timestamptz,
  -- The line went down; what was said may still be written.
  ended_at timestamptz,
  closed_at timestamptz,
  result text,
  -- The emergency number or office a caller was passed on to.
  passed_to text,
  unique (line_id, source_call),
  check ((closed_at is null) = (result is null)),
  check (closed_at is null or (phone_sealed is null and phone_index is null and person_id is null))
);
create index hotline_call_body on hotline_call (organization_id, began_at desc, call_id desc);
create index hotline_call_open on hotline_call (organization_id, began_at) where closed_at is null;

-- Which cases a call was about, and what came of it there. Nothing was done yet: they were only found by the caller's number or query code.
create table hotline_call_case (
  case_id uuid not null,
  call_id uuid not null references hotline_call,
  party_id uuid,
  deeds text[] not null default '{}',
  primary key (case_id, call_id)
);
create index hotline_call_case_call on hotline_call_case (call_id);

-- A caller's cases by the telephone they left, and what waits for a call-back.
create index case_party_phone on case_party (phone_index) where phone_index is not null;
create index cases_call_back on cases (receiving_organization_id, updated_at, case_id) where stage = 'replied' and ended_at is null;

do $$
declare t text;
begin
  foreach t in array array['hotline_line', 'hotline_call', 'hotline_call_case'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
    execute format('grant select, insert, update on %I to tongxin_definer', t);
  end loop;
end $$;

-- Whether the caller answers the telephone of a body: by a post there, and by no other.
create function answers_calls(p_organization uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(acting(), now()) h where 'call.answer' = any (h.capabilities) and h.organization_id = p_organization) $$;

create policy line_body on hotline_line to tongxin_app using (may_manage_body('exchange.manage', organization_id));
create policy call_body on hotline_call to tongxin_app using (answers_calls(organization_id));
-- What was telephoned about a case is read by whoever works on it; not by the side complained of (R5).
create policy call_of_case on hotline_call for select to tongxin_app using (closed_at is not null and exists (
  select 1 from hotline_call_case l join cases c on c.case_id = l.case_id where l.call_id = hotline_call.call_id and cardinality(l.deeds) > 0
    and coalesce(c.respondent_organization_id <> all (coalesce(scope_ids('organizations'), '{}')), true)));
create policy call_case_seen on hotline_call_case to tongxin_app using (exists (select 1 from cases c where c.case_id = hotline_call_case.case_id
  and coalesce(c.respondent_organization_id <> all (coalesce(scope_ids('organizations'), '{}')), true)));
grant select, insert, update (revoked_at) on hotline_line to tongxin_app;
grant select (call_id, organization_id, direction, line_id, extension, phone_sealed, began_at, person_id, post_id, answered_at, ended_at, closed_at,
  result, passed_to), insert on hotline_call to tongxin_app;
grant update (phone_sealed, phone_index, person_id, post_id, answered_at, ended_at, closed_at, result, passed_to) on hotline_call to tongxin_app;
grant select, insert, update (deeds) on hotline_call_case to tongxin_app;

-- Calls are announced through the portal's own post, which sees none of them.
create function assert_portal() returns void language plpgsql stable as $$
begin
  if not exists (select 1 from posts_held(acting(), now()) h where h.role = 'portalService') then
    raise exception 'only for the portal' using errcode = '42501';
  end if;
end $$;
create function hotline_secret(p_line uuid) returns bytea language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform assert_portal();
  return (select l.secret_sealed from hotline_line l where l.line_id = p_line and l.revoked_at is null);
end $$;

-- A call of a line, announced as often as its system likes: it rings, and later its line is down. One that nobody took is closed as missed.
create function announce_call(p_line uuid, p_source text, p_down boolean, p_call uuid, p_phone_sealed bytea, p_phone_index bytea, p_extension text,
  p_now timestamptz) returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_call uuid;
  v_body uuid := (select l.organization_id from hotline_line l where l.line_id = p_line and l.revoked_at is null);
begin
  perform assert_portal();
  if v_body is null then return null; end if;
  if not p_down then
    insert into hotline_call (call_id, organization_id, direction, line_id, source_call, extension, phone_sealed, phone_index, began_at)
      values (p_call, v_body, 'in', p_line, p_source, p_extension, p_phone_sealed, p_phone_index, p_now) on conflict (line_id, source_call) do nothing;
  else
    update hotline_call set ended_at = coalesce(ended_at, p_now) where line_id = p_line and source_call = p_source and closed_at is null;
    update hotline_call set closed_at = p_now, result = 'missed', phone_sealed = null, phone_index = null
      where line_id = p_line and source_call = p_source and closed_at is null and person_id is null;
  end if;
  -- What was left lying for half a day is put away: its number with it.
  update hotline_call set ended_at = coalesce(ended_at, p_now), closed_at = p_now, result = 'left', phone_sealed = null, phone_index = null, person_id = null
    where organization_id = v_body and closed_at is null and began_at < p_now - interval '12 hours';
  select c.call_id into v_call from hotline_call c where c.line_id = p_line and c.source_call = p_source;
  return v_call;
end $$;

-- The cases of whoever is on the line, by the number of the call or by a query code they say: those the caller's own scope holds, and none in which
-- its body is complained of. Only for whoever has the call; each party found reads of it in their own log, once for each call.
create function find_caller(p_call uuid, p_code_hash bytea, p_purpose text, p_now timestamptz) returns table (case_id uuid, party_id uuid)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare v_call hotline_call%rowtype;
begin
  select * into v_call from hotline_call h where h.call_id = p_call and h.person_id = acting() and h.closed_at is null;
  if v_call.call_id is null or length(trim(coalesce(p_purpose, ''))) < 2 then raise exception 'not on the line' using errcode = '42501'; end if;
  return query
    with told as (
        select p.case_id, p.party_id from case_party p where p_code_hash is null and p.phone_index = v_call.phone_index and p.erased_at is null
        union select r.case_id, r.party_id from receipt r where r.code_hash = p_code_hash and coalesce(r.expires_at, 'infinity') > now()),
      seen as (
        select t.case_id, t.party_id, p.person_id from told t join case_party p using (case_id, party_id) join cases c using (case_id)
        where sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id, c.receiving_organization_id,
            c.lead_organization_id, c.supporting_organization_ids, c.participant_ids)
          and coalesce(c.respondent_organization_id <> all (coalesce(scope_ids('organizations'), '{}')), true)
        order by c.ended_at is not null, c.updated_at desc, c.case_id limit 20),
      logged as (
        insert into person_access (access_id, person_id, case_id, party_id, reader_person_id, reader_post_id, reader_organization_id, purpose, fields, read_at)
        select md5(p_call::text || s.party_id::text)::uuid, s.person_id, s.case_id, s.party_id, v_call.person_id, v_call.post_id, v_call.organization_id,
          p_purpose, '{phone}', p_now from seen s on conflict (access_id) do nothing),
      linked as (
        insert into hotline_call_case (case_id, call_id, party_id)
        select distinct on (s.case_id) s.case_id, p_call, s.party_id from seen s order by s.case_id, s.party_id on conflict do nothing)
    select distinct on (s.case_id) s.case_id, s.party_id from seen s order by s.case_id, s.party_id;
end $$;
do $$
declare f text;
begin
  foreach f in array array['answers_calls(uuid)', 'assert_portal()', 'hotline_secret(uuid)',
    'announce_call(uuid, text, boolean, uuid, bytea, bytea, text, timestamptz)', 'find_caller(uuid, bytea, text, timestamptz)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;

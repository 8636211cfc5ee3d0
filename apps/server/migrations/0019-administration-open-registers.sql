-- Administrators change reference data under row-level security: by capability, over their area or in their own body, and each change is logged.
alter table organization add column mark text check (mark ~ '^[^\s0-9〔〕]{1,20}$'), add column respondent boolean not null default true,
  -- The body that went on with the work of a closed one: lists that name the closed one mean this.
  add column heir_id uuid references organization;
-- Roles whose posts a role may make and fill: a right apart from doing their work.
alter table post_role add column appoints text[] not null default '{}';
-- The password was given by somebody else and must be replaced before anything is done with it.
alter table person add column password_once boolean not null default false;

create or replace function posts_held(p_person uuid, p_at timestamptz)
  returns table (held_from date, post_id uuid, organization_id uuid, area_id uuid, role text, sees text, capabilities text[]) language sql stable as $$
  select h.valid_from, po.post_id, po.organization_id, po.area_id, po.role, r.sees, r.capabilities
  from person pe join post_holding h using (person_id) join post po using (post_id) join post_role r using (role)
  where pe.person_id = p_person and not pe.password_once
    and h.valid_from <= (p_at at time zone 'Asia/Shanghai')::date and coalesce(h.valid_to, 'infinity') > (p_at at time zone 'Asia/Shanghai')::date
    and po.valid_from <= (p_at at time zone 'Asia/Shanghai')::date and coalesce(po.valid_to, 'infinity') > (p_at at time zone 'Asia/Shanghai')::date $$;

create function acting() returns uuid language sql stable return nullif(current_setting('tongxin.actor', true), '')::uuid;
create function today() returns date language sql stable return (now() at time zone 'Asia/Shanghai')::date;

-- Whether the caller may change what belongs to an area or to a body: by a post over the area, or by any post of that body.
create function may_manage(p_capability text, p_area uuid, p_organization uuid) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(acting(), now()) h where p_capability = any (h.capabilities)
    and ((h.sees = 'area' and exists (select 1 from area a where a.area_id = p_area and h.area_id = any (a.path)))
      or h.organization_id = p_organization)) $$;

create function manages(p_capability text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(acting(), now()) h where p_capability = any (h.capabilities)) $$;

-- Nobody appoints themselves, nor to a post that their own role does not appoint to, nor beyond their area: neither of the post nor of its body.
create function may_appoint(p_person uuid, p_post uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select p_person is distinct from acting() and exists (
    select 1 from post po join organization o using (organization_id) join area pa on pa.area_id = po.area_id join area oa on oa.area_id = o.area_id
      join posts_held(acting(), now()) h on 'person.manage' = any (h.capabilities) and h.sees = 'area' and h.area_id = any (pa.path) and h.area_id = any (oa.path)
      join post_role r on r.role = h.role and po.role = any (r.appoints)
    where po.post_id = p_post) $$;
create function may_make_post(p_area uuid, p_organization uuid, p_role text) returns boolean language sql stable security definer
  set search_path = public, pg_temp as $$
  select exists (
    select 1 from organization o join area oa on oa.area_id = o.area_id join area pa on pa.area_id = p_area
      join posts_held(acting(), now()) h on 'organization.manage' = any (h.capabilities) and h.sees = 'area' and h.area_id = any (pa.path) and h.area_id = any (oa.path)
      join post_role r on r.role = h.role and p_role = any (r.appoints)
    where o.organization_id = p_organization) $$;

do $$
declare t text;
begin
  foreach t in array array['organization', 'post', 'post_holding', 'roster_shift'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select to tongxin_app, tongxin_feed using (true)', t || '_read', t);
  end loop;
end $$;
create policy organization_add on organization for insert to tongxin_app with check (may_manage('organization.manage', area_id, null));
create policy organization_change on organization for update to tongxin_app using (may_manage('organization.manage', area_id, null))
  with check (may_manage('organization.manage', area_id, null));
create policy post_add on post for insert to tongxin_app with check (may_make_post(area_id, organization_id, role));
create policy post_change on post for update to tongxin_app using (may_make_post(area_id, organization_id, role))
  with check (may_make_post(area_id, organization_id, role));
create policy holding_add on post_holding for insert to tongxin_app with check (may_appoint(person_id, post_id));
create policy holding_change on post_holding for update to tongxin_app using (may_appoint(person_id, post_id)) with check (may_appoint(person_id, post_id));
-- The roster is also the head's of a body, for that body.
create function may_manage_body(p_capability text, p_organization uuid) returns boolean language sql stable as $$
  select may_manage(p_capability, (select o.area_id from organization o where o.organization_id = p_organization), p_organization) $$;
create policy shift_add on roster_shift for insert to tongxin_app with check (may_manage_body('roster.manage', organization_id));
create policy shift_change on roster_shift for update to tongxin_app using (may_manage_body('roster.manage', organization_id))
  with check (may_manage_body('roster.manage', organization_id));
create policy shift_remove on roster_shift for delete to tongxin_app using (may_manage_body('roster.manage', organization_id));
grant insert, update on organization, post, post_holding to tongxin_app;
grant insert, update, delete on roster_shift to tongxin_app;

-- A member of staff is made by whoever may appoint somewhere; the account is opened as the auth role.
create policy person_staff on person for insert to tongxin_app with check (kind = 'staff' and password_once and manages('person.manage'));
grant insert (person_id, kind, auth_user_id, name_sealed, language, password_once) on person to tongxin_app;
grant select (password_once) on person to tongxin_app;

-- Who changed what. `command_id` is the client's key: the same again changes nothing.
create table administration_log (
  command_id uuid primary key,
  digest bytea not null,
  at timestamptz not null,
  actor_id uuid not null,
  actor_name text,
  post_id uuid not null,
  organization_id uuid,
  area_id uuid not null,
  kind text not null,
  subject_id text not null,
  what text not null,
  before jsonb,
  after jsonb,
  -- The order in which they were written.
  n bigint generated always as identity unique
);
create index administration_log_subject on administration_log (kind, subject_id, n desc);
alter table administration_log enable row level security;
alter table administration_log force row level security;
create policy administration_log_read on administration_log for select to tongxin_app
  using (actor_id = acting() or may_manage('administration.read', area_id, null));
grant select on administration_log to tongxin_app, tongxin_definer;
grant insert on administration_log to tongxin_definer;
grant select, insert, update, delete on administration_log to tongxin_maintenance;

create function log_change(p_command uuid, p_digest bytea, p_at timestamptz, p_post uuid, p_kind text, p_subject text, p_what text, p_area uuid,
  p_organization uuid, p_before jsonb, p_after jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from posts_held(acting(), now()) h where h.post_id = p_post) then raise exception 'not this post' using errcode = '42501'; end if;
  insert into administration_log values (p_command, p_digest, p_at, acting(),
    (select u.username from person p join auth."user" u on u.id = p.auth_user_id where p.person_id = acting()),
    p_post, p_organization, p_area, p_kind, p_subject, p_what, p_before, p_after);
end $$;
-- How often something was changed, and once more: what an editor saw is told from what is there.
create function subject_version(p_kind text, p_subject text) returns integer language sql stable security definer set search_path = public, pg_temp as $$
  select 1 + count(*)::int from administration_log where kind = p_kind and subject_id = p_subject $$;

-- Staff who hold or held a post where the caller appoints. `elsewhere`: also holds a post outside, so the account is not the caller's to lock.
create function find_staff(p_organization uuid, p_person uuid, p_words text, p_after_name text, p_after uuid, p_limit integer)
  returns table (person_id uuid, auth_user_id text, username text, name_sealed bytea, password_once boolean, elsewhere boolean)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_areas uuid[];
begin
  select array_agg(h.area_id) into v_areas from posts_held(acting(), now()) h where 'person.manage' = any (h.capabilities) and h.sees = 'area';
  if v_areas is null then raise exception 'may not manage people' using errcode = '42501'; end if;
  return query
    select p.person_id, p.auth_user_id, u.username, p.name_sealed, p.password_once,
      exists (select 1 from post_holding h join post po using (post_id) join organization o using (organization_id) join area a on a.area_id = o.area_id
        join area pa on pa.area_id = po.area_id
        where h.person_id = p.person_id and coalesce(h.valid_to, 'infinity') > today() and not (a.path && v_areas and pa.path && v_areas))
    from person p left join auth."user" u on u.id = p.auth_user_id
    where p.kind = 'staff' and p.erased_at is null and (p_person is null or p.person_id = p_person)
      and exists (select 1 from post_holding h join post po using (post_id) join organization o using (organization_id) join area a on a.area_id = o.area_id
        where h.person_id = p.person_id and a.path && v_areas and (p_organization is null or po.organization_id = p_organization))
      and (p_words is null or u.username like p_words || '%')
      and (p_after is null or (coalesce(u.username, '~'), p.person_id) > (coalesce(p_after_name, '~'), p_after))
    order by coalesce(u.username, '~'), p.person_id limit least(p_limit, 1000);
end $$;

-- A password that was given once was replaced by its owner; as the auth role, which has just changed it.
create function password_chosen(p_person uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  update person set password_once = false where person_id = p_person and password_once $$;
-- A password is given to somebody who holds posts nowhere but where the caller appoints.
create function password_given(p_person uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_person is not distinct from acting() or not exists (select 1 from find_staff(null, p_person, null, null, null, 1) f where not f.elsewhere)
    then raise exception 'not yours' using errcode = '42501'; end if;
  update person set password_once = true where person_id = p_person;
end $$;
alter function password_chosen(uuid) owner to tongxin_definer;
revoke all on function password_chosen(uuid) from public;
grant execute on function password_chosen(uuid) to tongxin_auth;

-- Open work on its way from a person or a body to another; a killed one goes on where it stopped.
create table succession (
  succession_id uuid primary key,
  kind text not null check (kind in ('person', 'body')),
  organization_id uuid not null references organization,
  area_id uuid not null,
  holding_id uuid references post_holding,
  person_id uuid,
  receiver_id uuid,
  receiver_post_id uuid,
  heir_id uuid references organization,
  ask jsonb not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  check ((kind = 'person') = (holding_id is not null and person_id is not null))
);
create index succession_unfinished on succession (organization_id) where finished_at is null;
alter table succession enable row level security;
alter table succession force row level security;
create policy succession_managed on succession to tongxin_app
  using (may_manage(case kind when 'person' then 'person.manage' else 'organization.manage' end, area_id, null))
  with check (may_manage(case kind when 'person' then 'person.manage' else 'organization.manage' end, area_id, null));
grant select, insert, update on succession to tongxin_app;
grant select on succession to tongxin_definer;
grant select, insert, update, delete on succession to tongxin_maintenance;

-- Open cases of a body in the hands of a person whose holding there ends, unless another post of theirs keeps them there.
create function cases_left_by(p_holding uuid) returns setof cases language sql stable security definer set search_path = public, pg_temp as $$
  select c.* from post_holding e join post ep using (post_id) join cases c on c.handler_id = e.person_id and c.ended_at is null
      and coalesce(c.lead_organization_id, c.receiving_organization_id) = ep.organization_id
  where e.holding_id = p_holding and not exists (select 1 from post_holding h join post po using (post_id)
      where h.person_id = e.person_id and h.holding_id <> p_holding and po.organization_id = ep.organization_id
        and h.valid_from <= today() and coalesce(h.valid_to, 'infinity') > today() and coalesce(po.valid_to, 'infinity') > today()) $$;
create function cases_of_body(p_organization uuid) returns setof cases language sql stable security definer set search_path = public, pg_temp as $$
  select c.* from cases c where c.ended_at is null and (c.lead_organization_id = p_organization or c.receiving_organization_id = p_organization
    or p_organization = any (c.supporting_organization_ids)) $$;
revoke all on function cases_left_by(uuid) from public;
revoke all on function cases_of_body(uuid) from public;

-- Of whom the caller appoints: how much open work would be left. Confidential cases are counted, not named.
create function find_work_left(p_holding uuid, p_organization uuid, p_limit integer)
  returns table (case_id uuid, number text, stage text, procedure_id text, procedure_version integer, due_at timestamptz, total bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v record;
begin
  if p_holding is not null then
    select h.person_id, o.area_id into v from post_holding h join post po using (post_id) join organization o using (organization_id) where h.holding_id = p_holding;
    if not may_manage('person.manage', v.area_id, null) then raise exception 'not yours' using errcode = '42501'; end if;
    return query select case when c.confidential then null else c.case_id end, case when c.confidential then null else c.number end,
      case when c.confidential then null else c.stage end, c.procedure_id, c.procedure_version, c.overall_due_at, count(*) over ()
      from cases_left_by(p_holding) c order by c.overall_due_at nulls last, c.case_id limit p_limit;
  else
    if not may_manage('organization.manage', (select o.area_id from organization o where o.organization_id = p_organization), null)
      then raise exception 'not yours' using errcode = '42501'; end if;
    return query select case when c.confidential then null else c.case_id end, case when c.confidential then null else c.number end,
      case when c.confidential then null else c.stage end, c.procedure_id, c.procedure_version, c.overall_due_at, count(*) over ()
      from cases_of_body(p_organization) c order by c.overall_due_at nulls last, c.case_id limit p_limit;
  end if;
end $$;

-- The next cases of a succession under way, and one of them opened to the transaction that moves it: also a confidential one, unread.
create function succession_cases(p_succession uuid) returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v succession%rowtype;
begin
  select * into v from succession where succession_id = p_succession and finished_at is null
    and may_manage(case kind when 'person' then 'person.manage' else 'organization.manage' end, area_id, null);
  if v.succession_id is null then return; end if;
  if v.kind = 'person' then return query select c.case_id from cases_left_by(v.holding_id) c order by 1 limit 200;
  else return query select c.case_id from cases_of_body(v.organization_id) c order by 1 limit 200; end if;
end $$;
create function open_succession_case(p_succession uuid, p_case uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from succession_cases(p_succession) h where h = p_case) then return false; end if;
  perform set_config('tongxin.cases', (coalesce(scope_ids('cases'), '{}') || p_case)::text, true);
  return true;
end $$;

-- Whoever left a post of a body has no case of it in hand any more, nor has anybody of a body that closed: open screens hear it at once.
create function end_leases(p_organization uuid, p_person uuid, p_post uuid, p_now timestamptz) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare v_area uuid := (select o.area_id from organization o where o.organization_id = p_organization);
begin
  if not may_manage(case when p_person is null then 'organization.manage' else 'person.manage' end, v_area, null)
    then raise exception 'not yours' using errcode = '42501'; end if;
  -- The order of changes is the order of commits (case/lease).
  perform pg_advisory_xact_lock(7406831, 1);
  update case_lease set person_id = null, post_id = null, organization_id = null, expires_at = p_now, change = nextval('case_lease_change_no')
    where organization_id = p_organization and (p_person is null or (person_id = p_person and post_id = p_post));
end $$;
grant update on case_lease to tongxin_definer;
grant usage on sequence case_lease_change_no to tongxin_definer;

-- Posts that ended by their own date while their holder still had work in hand.
create function find_lapsed() returns table (holding_id uuid, person_id uuid, post_id uuid, ended date, cases bigint) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  return query
    select distinct on (h.person_id, po.organization_id) h.holding_id, h.person_id, h.post_id, h.valid_to, l.n
    from post_holding h join post po using (post_id) join organization o using (organization_id)
      cross join lateral (select count(*) as n from cases_left_by(h.holding_id)) l
    where h.valid_to <= today() and exists (select 1 from cases c where c.handler_id = h.person_id and c.ended_at is null)
      and l.n > 0 and may_manage('person.manage', o.area_id, null)
    order by h.person_id, po.organization_id, h.valid_to desc limit 200;
end $$;

do $$
declare f text;
begin
  foreach f in array array['may_manage(text, uuid, uuid)', 'manages(text)', 'may_appoint(uuid, uuid)', 'may_make_post(uuid, uuid, text)',
    'log_change(uuid, bytea, timestamptz, uuid, text, text, text, uuid, uuid, jsonb, jsonb)', 'subject_version(text, text)',
    'find_staff(uuid, uuid, text, text, uuid, integer)', 'password_given(uuid)', 'find_work_left(uuid, uuid, integer)', 'succession_cases(uuid)',
    'open_succession_case(uuid, uuid)', 'end_leases(uuid, uuid, uuid, timestamptz)', 'find_lapsed()'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
  foreach f in array array['cases_left_by(uuid)', 'cases_of_body(uuid)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
  end loop;
end $$;

-- Every process reads reference data into memory and asks this number every second whether it must read again.
create table reference_version ("only" boolean primary key default true check ("only"), version bigint not null);
insert into reference_version values (true, 0);
alter table reference_version enable row level security;
alter table reference_version force row level security;
create policy reference_version_read on reference_version for select to tongxin_app using (true);
grant select on reference_version to tongxin_app, tongxin_definer;
grant update on reference_version to tongxin_definer;
grant select, insert, update, delete on reference_version to tongxin_maintenance;
create function reference_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update reference_version set version = version + 1;
  return null;
end $$;
alter function reference_changed() owner to tongxin_definer;
do $$
declare t text;
begin
  foreach t in array array['area', 'area_code', 'area_boundary', 'facility', 'organization', 'post', 'duty_list', 'duty_item', 'category', 'calendar_year',
    'calendar_exception', 'procedure_version', 'procedure_use'] loop
    execute format('create trigger reference_changed after insert or update or delete on %I for each statement execute function reference_changed()', t);
  end loop;
end $$;

-- Forms of the field (走访, 巡查, facts of premises), published once for each version and never changed. Which questions there may be at all: domain/collection.
create table collection_form (
  form_id text not null,
  version integer not null,
  kind text not null check (kind in ('visit', 'patrol', 'premises')),
  area_id uuid not null references area,
  definition jsonb not null,
  digest bytea not null,
  published_at timestamptz not null,
  published_by uuid,
  primary key (form_id, version)
);

-- A department's own sheet, as a workbook to fill from a visit, and where what goes (domain/visit SheetMap).
create table visit_sheet (
  sheet_id text not null,
  version integer not null,
  area_id uuid not null references area,
  form_id text not null,
  department text not null,
  name jsonb not null,
  map jsonb not null,
  workbook bytea not null,
  digest bytea not null,
  saved_at timestamptz not null,
  saved_by uuid,
  primary key (sheet_id, version)
);

-- 场所: a place with an address, and facts that several people keep. No person's home life.
create table premises (
  premises_id uuid primary key,
  kind text not null,
  name text not null,
  address text not null,
  area_id uuid not null references area,
  lon double precision,
  lat double precision,
  form_id text not null,
  form_version integer not null,
  fields_sealed bytea not null,
  version integer not null,
  digest bytea not null,
  synthetic boolean not null default false,
  updated_at timestamptz not null,
  check ((lon is null) = (lat is null))
);
create index premises_area on premises (area_id, name, premises_id);
create index premises_words on premises using gin ((name || ' ' || address) gin_trgm_ops);

-- 走访: a call at a door. What was answered is sealed, and erased when its time is over; codes stay for the sums of what was asked.
create table visit (
  visit_id uuid primary key,
  form_id text not null,
  form_version integer not null,
  area_id uuid not null references area,
  organization_id uuid not null references organization,
  post_id uuid not null references post,
  -- Who wrote it: sees it whole again. Never a key of any list or sum.
  person_id uuid not null references person,
  premises_id uuid,
  lon double precision,
  lat double precision,
  consent boolean not null,
  status text not null check (status in ('open', 'done', 'declined', 'erased')),
  fields_sealed bytea,
  -- Blind index of the telephone given: finds whose page a reading is shown on.
  phone_index bytea,
  version integer not null,
  digest bytea not null,
  visited_at timestamptz not null,
  finished_at timestamptz,
  updated_at timestamptz not null,
  expires_at timestamptz not null,
  -- What departments asked of it: {department: {fields, seconds}}, reckoned, never timed.
  burden jsonb
);
create index visit_area on visit (area_id, visited_at desc, visit_id);
create index visit_own on visit (person_id, visited_at desc);
create index visit_expiry on visit (expires_at) where status <> 'erased';
create index visit_finished on visit (finished_at) where finished_at is not null;

-- 巡查: a checklist gone through. One place, where it was; no way between places.
create table patrol (
  patrol_id uuid primary key,
  form_id text not null,
  form_version integer not null,
  area_id uuid not null references area,
  organization_id uuid not null references organization,
  post_id uuid not null references post,
  person_id uuid not null references person,
  premises_id uuid,
  lon double precision,
  lat double precision,
  status text not null check (status in ('open', 'done', 'erased')),
  fields_sealed bytea,
  version integer not null,
  digest bytea not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  updated_at timestamptz not null,
  expires_at timestamptz not null,
  burden jsonb
);
create index patrol_area on patrol (area_id, started_at desc, patrol_id);
create index patrol_expiry on patrol (expires_at) where status <> 'erased';
create index patrol_finished on patrol (finished_at) where finished_at is not null;

-- Every edit that reached us of a record that several phones edit: what it changed from what to what, and what it met. The first of its id stands.
create table edit (
  edit_id uuid primary key,
  subject_kind text not null check (subject_kind in ('premises', 'visit', 'patrol')),
  subject_id uuid not null,
  person_id uuid not null references person,
  post_id uuid not null references post,
  digest bytea not null,
  -- Sealed: applied and conflicts, with values.
  body_sealed bytea not null,
  -- Names of the fields it changed.
  fields text[] not null,
  -- Conflicts it met that somebody has decided since.
  decided text[] not null default '{}',
  undoes uuid,
  decides uuid,
  -- Version of the record after it.
  version integer not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null
);
create index edit_subject on edit (subject_id, version desc);

-- Pictures, sounds and signatures of such a record. Bytes lie sealed among the files.
create table edit_file (
  subject_id uuid not null,
  file_id uuid not null,
  subject_kind text not null check (subject_kind in ('premises', 'visit', 'patrol')),
  kind text not null check (kind in ('photo', 'sound')),
  media_type text not null,
  bytes integer not null,
  address text not null,
  person_id uuid not null references person,
  stored_at timestamptz not null,
  primary key (subject_id, file_id)
);

-- Cases opened from such a record: findings of a patrol, requests (代办) of a visit.
create table edit_case (
  subject_id uuid not null,
  case_id uuid not null,
  subject_kind text not null check (subject_kind in ('premises', 'visit', 'patrol')),
  field text,
  made_at timestamptz not null,
  primary key (subject_id, case_id)
);

-- A worker called for help. The place is that of the press and of nothing else; it goes a day after the end.
create table sos (
  sos_id uuid primary key,
  person_id uuid default acting() references person check (person_id is not null),
  post_id uuid not null references post,
  organization_id uuid not null references organization,
  area_id uuid not null references area,
  place_sealed bytea,
  words_sealed bytea,
  digest bytea not null,
  pressed_at timestamptz not null,
  -- Null: nobody was told yet; the leader's poll tells.
  told_at timestamptz,
  told integer not null default 0,
  acknowledged_at timestamptz,
  acknowledged_post uuid,
  ended_at timestamptz,
  ended_post uuid,
  erased_at timestamptz
);
create index sos_area on sos (area_id, pressed_at desc);
create index sos_untold on sos (pressed_at) where told_at is null;

do $$
declare t text;
begin
  foreach t in array array['collection_form', 'visit_sheet', 'premises', 'visit', 'patrol', 'edit', 'edit_file', 'edit_case', 'sos'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I to tongxin_maintenance using (true) with check (true)', t || '_maintenance', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;

create policy collection_form_read on collection_form for select to tongxin_app using (true);
create policy collection_form_publish on collection_form for insert to tongxin_app with check (may_manage('form.manage', area_id, null));
grant select, insert on collection_form to tongxin_app;
create policy visit_sheet_read on visit_sheet for select to tongxin_app using (true);
create policy visit_sheet_save on visit_sheet for insert to tongxin_app with check (may_manage('form.manage', area_id, null));
grant select, insert on visit_sheet to tongxin_app;

-- Read by whoever sees the area; written by whoever keeps it.
create policy premises_area on premises to tongxin_app using (sees_area(area_id)) with check (may_manage('patrol.record', area_id, null));
grant select, insert, update (fields_sealed, version, updated_at) on premises to tongxin_app;

create policy visit_duty on visit to tongxin_app using (may_manage('visit.record', area_id, null)) with check (may_manage('visit.record', area_id, null));
grant select, insert, update (fields_sealed, phone_index, version, status, finished_at, updated_at, expires_at, burden) on visit to tongxin_app;
create policy patrol_duty on patrol to tongxin_app using (may_manage('patrol.record', area_id, null)) with check (may_manage('patrol.record', area_id, null));
grant select, insert, update (fields_sealed, version, status, finished_at, updated_at, burden) on patrol to tongxin_app;

-- What belongs to a record is seen and written by whoever may write the record.
create function sees_subject(p_kind text, p_subject uuid) returns boolean language sql stable
  return case p_kind
    when 'visit' then exists (select 1 from visit v where v.visit_id = p_subject)
    when 'patrol' then exists (select 1 from patrol p where p.patrol_id = p_subject)
    when 'premises' then exists (select 1 from premises p where p.premises_id = p_subject and may_manage('patrol.record', p.area_id, null))
    else false end;
create policy edit_subject on edit to tongxin_app using (sees_subject(subject_kind, subject_id)) with check (sees_subject(subject_kind, subject_id));
create policy edit_file_subject on edit_file to tongxin_app using (sees_subject(subject_kind, subject_id)) with check (sees_subject(subject_kind, subject_id));
create policy edit_case_subject on edit_case to tongxin_app using (sees_subject(subject_kind, subject_id)) with check (sees_subject(subject_kind, subject_id));
grant select, insert, update (decided) on edit to tongxin_app;
grant select, insert on edit_file, edit_case to tongxin_app;

-- The worker who pressed, and whoever answers for the area. Nobody presses for another: whose it is cannot be said.
create policy sos_seen on sos to tongxin_app using (person_id = acting() or may_manage('sos.answer', area_id, null))
  with check (person_id = acting() or may_manage('sos.answer', area_id, null));
grant select, insert (sos_id, post_id, organization_id, area_id, place_sealed, words_sealed, digest, pressed_at),
  update (acknowledged_at, acknowledged_post, ended_at, ended_post) on sos to tongxin_app;
create policy sos_feed on sos to tongxin_feed using (true) with check (true);
grant select, update (told_at, told) on sos to tongxin_feed;

-- Reading what a visited person told names a purpose and is logged for that person in the same transaction, once for each reader and day where it is the daily list.
alter table person_access add column visit_id uuid;
create function log_visit_reading(p_access uuid, p_visit uuid, p_purpose text, p_post uuid, p_organization uuid, p_fields text[], p_now timestamptz)
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare v visit%rowtype;
begin
  if acting() is null or length(trim(coalesce(p_purpose, ''))) < 2 then raise exception 'purpose required' using errcode = '42501'; end if;
  select * into v from visit where visit_id = p_visit;
  if v.visit_id is null or not may_manage('visit.record', v.area_id, null) then raise exception 'not this visit' using errcode = '42501'; end if;
  insert into person_access (access_id, person_id, visit_id, reader_person_id, reader_post_id, reader_organization_id, purpose, fields, read_at)
    values (p_access, (select person_id from person where phone_index = v.phone_index and erased_at is null), p_visit, acting(), p_post, p_organization, p_purpose, p_fields, p_now)
    on conflict (access_id) do nothing;
end $$;

-- What each department asked of a kind of post, by day: sums, never of fewer posts than `p_least`.
create function field_burden(p_area uuid, p_from date, p_to date, p_least integer)
  returns table (role text, department text, records bigint, fields bigint, seconds bigint, posts bigint, post_days bigint) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not manages('statistics.read') then raise exception 'not these figures' using errcode = '42501'; end if;
  return query
    with done as (
      select x.post_id, x.area_id, x.burden, (x.finished_at at time zone 'Asia/Shanghai')::date as day
        from (select post_id, area_id, burden, finished_at from visit where finished_at is not null and burden is not null
          union all select post_id, area_id, burden, finished_at from patrol where finished_at is not null and burden is not null) x
        where x.finished_at >= p_from::timestamp at time zone 'Asia/Shanghai' and x.finished_at < (p_to + 1)::timestamp at time zone 'Asia/Shanghai'),
      here as (select d.*, po.role as post_role from done d join area a on a.area_id = d.area_id and p_area = any (a.path) join post po on po.post_id = d.post_id),
      roles as (select h.post_role, count(distinct h.post_id) as posts, count(distinct (h.post_id, h.day)) as post_days from here h group by 1
        having count(distinct h.post_id) >= greatest(p_least, 2))
    select r.post_role, k.department, count(*), sum((k.effort->>'fields')::bigint)::bigint, sum((k.effort->>'seconds')::bigint)::bigint, r.posts, r.post_days
      from here h join roles r using (post_role)
      cross join lateral (select '' as department, h.burden->'once' as effort union all select e.key, e.value from jsonb_each(h.burden->'departments') e) k
      group by 1, 2, r.posts, r.post_days order by 1, 2;
end $$;

do $$
declare f text;
begin
  foreach f in array array['log_visit_reading(uuid, uuid, text, uuid, uuid, text[], timestamptz)', 'field_burden(uuid, date, date, integer)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant select on visit, patrol to tongxin_definer;
grant insert on person_access to tongxin_definer;

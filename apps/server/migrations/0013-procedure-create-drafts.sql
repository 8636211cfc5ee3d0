-- Variants that a locality writes at the desk: drafts, who published what and why, and which version holds in which area from which day.

-- Whether who calls holds, today, a post that may vary procedures in an area.
create function may_vary(p_area uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(nullif(current_setting('tongxin.actor', true), '')::uuid, now()) h
    join area a on a.area_id = p_area and h.area_id = any (a.path) where 'procedure.vary' = any (h.capabilities)) $$;
alter function may_vary(uuid) owner to tongxin_definer;
revoke all on function may_vary(uuid) from public;
grant execute on function may_vary(uuid) to tongxin_app;

-- Why it was published, and by the holder of which post; empty where the command line published it.
alter table procedure_version add column note text check (length(note) <= 400);
alter table procedure_version add column post_id uuid references post;

-- Which version new cases of an area follow from a day on; the nearest area that has one decides. A version of everywhere needs no row.
create table procedure_use (
  use_id uuid primary key,
  procedure_id text not null,
  version integer not null,
  area_id uuid not null references area,
  valid_from date not null,
  note text not null check (length(note) <= 400),
  set_by uuid,
  post_id uuid references post,
  set_at timestamptz not null,
  foreign key (procedure_id, version) references procedure_version
);
create index procedure_use_area on procedure_use (area_id, procedure_id, valid_from);
-- What the command line had published for one area held there from that day. Filled before the policies, which the owner is under as well.
insert into procedure_use (use_id, procedure_id, version, area_id, valid_from, note, set_at)
  select gen_random_uuid(), procedure_id, version, area_id, (published_at at time zone 'Asia/Shanghai')::date, '', published_at
  from procedure_version where area_id is not null;
alter table procedure_version enable row level security;
alter table procedure_version force row level security;
create policy procedure_version_read on procedure_version for select to tongxin_app, tongxin_feed, tongxin_definer using (true);
-- A locality's numbers begin at 1001 (docs/decisions/0012). Nobody updates or deletes a version: there is no grant.
create policy procedure_version_vary on procedure_version for insert to tongxin_app with check (version > 1000 and may_vary(area_id)
  and published_by = nullif(current_setting('tongxin.actor', true), '')::uuid);
grant insert on procedure_version to tongxin_app;
alter table procedure_use enable row level security;
alter table procedure_use force row level security;
create policy procedure_use_read on procedure_use for select to tongxin_app, tongxin_feed using (true);
create policy procedure_use_set on procedure_use for insert to tongxin_app with check (may_vary(area_id)
  and set_by = nullif(current_setting('tongxin.actor', true), '')::uuid);
-- What has begun to hold stays; what has not may be taken back. The day is the product's to compare: its clock is not the database's.
create policy procedure_use_drop on procedure_use for delete to tongxin_app using (may_vary(area_id));
grant select, insert, delete on procedure_use to tongxin_app;
grant select on procedure_use to tongxin_feed;
grant select, insert, update, delete on procedure_use to tongxin_maintenance;

-- A body's work on a variant: what it changes of a published version. It stays with the number it was published under.
create table procedure_draft (
  draft_id uuid primary key,
  organization_id uuid not null references organization,
  area_id uuid not null references area,
  procedure_id text not null,
  base_version integer not null,
  change jsonb not null,
  -- Counts savings: who saves names the one it saw.
  version integer not null check (version > 0),
  published_version integer,
  updated_by uuid not null,
  post_id uuid not null references post,
  updated_at timestamptz not null,
  foreign key (procedure_id, base_version) references procedure_version,
  foreign key (procedure_id, published_version) references procedure_version
);
create index procedure_draft_body on procedure_draft (organization_id, updated_at desc);
alter table procedure_draft enable row level security;
alter table procedure_draft force row level security;
create policy procedure_draft_body on procedure_draft to tongxin_app using (organization_id = any (scope_ids('organizations')))
  with check (organization_id = any (scope_ids('organizations')) and may_vary(area_id));
grant select, insert, update, delete on procedure_draft to tongxin_app, tongxin_maintenance;

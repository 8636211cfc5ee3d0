-- 听证员库: who agreed to serve on panels of an area and those below it. The number is what everybody is told in place of a name.
create table panellist (
  panellist_id uuid primary key,
  no integer not null generated always as identity unique,
  area_id uuid not null references area,
  name_sealed bytea not null,
  field text not null check (field in ('deputy', 'adviser', 'lawyer', 'expert', 'resident', 'official')),
  organization_id uuid references organization,
  since date not null,
  until date check (until > since)
);
create index panellist_area on panellist (area_id);

-- What a hearing keeps for itself: the case it is about, and the secret of its lot until it is drawn.
create table hearing (
  case_id uuid primary key,
  on_case uuid,
  seed_sealed bytea not null
);
-- What everybody may read of a hearing that is open.
create table hearing_notice (
  case_id uuid primary key,
  organization_id uuid not null references organization,
  open boolean not null,
  matter text not null,
  place text not null,
  starts_at timestamptz not null,
  evidence_by date not null,
  seats integer not null check (seats between 3 and 15 and seats % 2 = 1),
  announced_at timestamptz not null,
  -- SHA-256 of the seed and the frozen numbers (domain/hearing/lot).
  commitment text not null,
  candidates text[] not null,
  excluded jsonb not null,
  seed text,
  spoken text,
  drawn_at timestamptz,
  fallen_out jsonb not null default '[]',
  panel text[],
  votes jsonb,
  opinion text,
  reply text,
  published_at timestamptz,
  check ((seed is null) = (drawn_at is null) and (seed is null) = (panel is null) and (seed is null) = (spoken is null)),
  check ((published_at is null) = (opinion is null) and (published_at is null) = (reply is null))
);
create index hearing_notice_time on hearing_notice (starts_at desc, case_id) where open;

do $$
declare t text;
begin
  foreach t in array array['panellist', 'hearing', 'hearing_notice'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I to tongxin_maintenance using (true) with check (true)', t || '_maintenance', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;

-- Whoever convenes draws from the roster of the own area and of those above it.
create function draws_from(p_area uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(acting(), now()) h join area a on a.area_id = h.area_id
    where 'hearing.convene' = any (h.capabilities) and p_area = any (a.path)) $$;
-- How a hearing everybody may read stands.
create function hearing_stage(p_case uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select c.stage from cases c join hearing_notice n using (case_id) where c.case_id = p_case and n.open $$;
do $$
declare f text;
begin
  foreach f in array array['draws_from(uuid)', 'hearing_stage(uuid)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant select on hearing_notice to tongxin_definer;

create policy panellist_scope on panellist to tongxin_app using (may_manage('hearing.roster', area_id, null) or draws_from(area_id))
  with check (may_manage('hearing.roster', area_id, null));
grant select, insert (panellist_id, area_id, name_sealed, field, organization_id, since, until),
  update (area_id, name_sealed, field, organization_id, since, until) on panellist to tongxin_app;
create policy hearing_scope on hearing to tongxin_app using (exists (select 1 from cases c where c.case_id = hearing.case_id))
  with check (case_id = any (scope_ids('cases')) or exists (select 1 from cases c where c.case_id = hearing.case_id));
grant select, insert on hearing to tongxin_app;
create policy hearing_notice_scope on hearing_notice to tongxin_app
  using (open or exists (select 1 from cases c where c.case_id = hearing_notice.case_id)) with check (may_manage('hearing.convene', null, organization_id));
grant select, insert, update (seed, spoken, drawn_at, fallen_out, panel, votes, opinion, reply, published_at) on hearing_notice to tongxin_app;

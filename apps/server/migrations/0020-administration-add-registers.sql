-- Duty lists keep their history: a clause that is changed ends, and another begins.
alter table duty_item add column valid_from date not null default '2000-01-01', add column valid_to date;
alter table duty_item drop constraint duty_item_duty_list_id_clause_key;
create unique index duty_item_clause on duty_item (duty_list_id, clause) where valid_to is null;
-- A category may name the body that takes it where no list does; a retired one may name what takes its place.
alter table category add column organization_id uuid references organization, add column successor_id text;

do $$
declare t text;
begin
  foreach t in array array['duty_list', 'duty_item', 'category', 'calendar_year', 'calendar_exception'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I for select to tongxin_app, tongxin_feed using (true)', t || '_read', t);
  end loop;
end $$;
create policy duty_list_add on duty_list for insert to tongxin_app with check (may_manage('duty.manage', area_id, null));
create policy duty_list_change on duty_list for update to tongxin_app using (may_manage('duty.manage', area_id, null))
  with check (may_manage('duty.manage', area_id, null));
create function may_manage_list(p_list uuid) returns boolean language sql stable as $$
  select may_manage('duty.manage', (select l.area_id from duty_list l where l.duty_list_id = p_list), null) $$;
create policy duty_item_add on duty_item for insert to tongxin_app with check (may_manage_list(duty_list_id));
create policy duty_item_change on duty_item for update to tongxin_app using (may_manage_list(duty_list_id)) with check (may_manage_list(duty_list_id));

-- Categories and the calendar are the whole installation's: only who manages its top area changes them.
create function may_manage_all(p_capability text) returns boolean language sql stable as $$
  select exists (select 1 from area a where a.parent_id is null and a.valid_to is null and may_manage(p_capability, a.area_id, null)) $$;
create policy category_add on category for insert to tongxin_app with check (may_manage_all('category.manage'));
create policy category_change on category for update to tongxin_app using (may_manage_all('category.manage')) with check (may_manage_all('category.manage'));
create policy calendar_year_write on calendar_year to tongxin_app using (may_manage_all('calendar.manage')) with check (may_manage_all('calendar.manage'));
create policy calendar_exception_write on calendar_exception to tongxin_app using (may_manage_all('calendar.manage'))
  with check (may_manage_all('calendar.manage'));
grant insert, update on duty_list, duty_item, category, calendar_year to tongxin_app;
grant insert, update, delete on calendar_exception to tongxin_app;

-- An amended day reaches running clocks of the whole installation, which no request sees: they are marked, and the leader computes them again.
create function mark_amended(p_from timestamptz) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare v_n bigint;
begin
  if not may_manage_all('calendar.manage') then raise exception 'not yours' using errcode = '42501'; end if;
  update clock set calendar_version = 'amended' where status = 'running' and due_at >= p_from and calendar_version <> 'imported';
  get diagnostics v_n = row_count;
  return v_n;
end $$;
-- What loading a year would set in motion: clocks that reach an amended day, and those that wait for the year to be known.
create function count_reaching(p_from timestamptz, p_waiting boolean) returns bigint language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not may_manage_all('calendar.manage') then raise exception 'not yours' using errcode = '42501'; end if;
  return (select count(*) from clock where status = 'running' and calendar_version <> 'imported'
    and ((p_from is not null and due_at >= p_from) or (p_waiting and provisional)));
end $$;
-- The first of them, with case numbers where the case is not confidential.
create function find_reaching(p_from timestamptz, p_waiting boolean, p_limit integer) returns table (case_id uuid, number text, clock text, state jsonb, procedure_id text, procedure_version integer)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not may_manage_all('calendar.manage') then raise exception 'not yours' using errcode = '42501'; end if;
  return query select c.case_id, c.number, k.clock, c.state->'clocks'->k.clock, c.procedure_id, c.procedure_version from clock k join cases c using (case_id)
    where k.status = 'running' and k.calendar_version <> 'imported' and not c.confidential
      and ((p_from is not null and k.due_at >= p_from) or (p_waiting and k.provisional))
    order by k.due_at, c.case_id limit least(p_limit, 200);
end $$;
grant update on clock to tongxin_definer;

-- Articles of the knowledge base; a version never changes, the newest is the article.
create table article (
  article_id uuid not null,
  version integer not null check (version > 0),
  organization_id uuid not null references organization,
  title text not null,
  body text not null,
  category_ids text[] not null default '{}',
  valid_from date not null,
  valid_to date,
  words tsvector not null,
  written_at timestamptz not null,
  written_by uuid not null,
  withdrawn boolean not null default false,
  primary key (article_id, version)
);
create index article_words on article using gin (words);
alter table article enable row level security;
alter table article force row level security;
create policy article_read on article for select to tongxin_app using (manages('case.read'));
create policy article_add on article for insert to tongxin_app
  with check (written_by = acting() and may_manage_body('knowledge.manage', organization_id));
grant select, insert on article to tongxin_app;
grant select, insert, update, delete on article to tongxin_maintenance;
grant select on article to tongxin_definer;

do $$
declare f text;
begin
  foreach f in array array['mark_amended(timestamptz)', 'count_reaching(timestamptz, boolean)', 'find_reaching(timestamptz, boolean, integer)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;

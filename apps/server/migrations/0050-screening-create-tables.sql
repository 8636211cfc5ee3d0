-- 一月一排查·零报告: which bodies owe a report each month, by which day. `until`: the first month that is not owed any more.
create table screening_unit (
  organization_id uuid primary key references organization,
  since date not null check (extract(day from since) = 1),
  until date check (extract(day from until) = 1 and until >= since),
  due_day integer not null check (due_day between 1 and 28)
);
-- A report and those that took its place; the highest version stands. No items: none was found.
create table screening_report (
  report_id uuid primary key,
  organization_id uuid not null references screening_unit,
  month date not null check (extract(day from month) = 1),
  version integer not null check (version > 0),
  items integer not null check (items between 0 and 100),
  digest bytea not null,
  reported_at timestamptz not null,
  unique (organization_id, month, version)
);
create index screening_report_month on screening_report (month, organization_id);
-- A matter and its place: codes, and sealed words that name nobody.
create table screening_item (
  report_id uuid not null references screening_report,
  item_no integer not null,
  kind text not null,
  area_id uuid not null references area,
  degree text not null check (degree in ('low', 'middle', 'high')),
  step text not null check (step in ('watching', 'talking', 'mediating', 'passedOn', 'settled')),
  place_sealed bytea not null,
  matter_sealed bytea not null,
  primary key (report_id, item_no)
);
-- The dispute that was opened for a matter. Apart, because a dispute is confided: who does not see it learns nothing from the report either.
create table screening_case (
  case_id uuid not null,
  report_id uuid not null,
  item_no integer not null,
  primary key (case_id, report_id, item_no),
  foreign key (report_id, item_no) references screening_item
);
create index screening_case_item on screening_case (report_id, item_no);
-- Who was reminded of which month, and told that it is overdue: each once, whoever is killed.
create table screening_told (
  organization_id uuid not null,
  month date not null,
  rung text not null check (rung in ('soon', 'overdue')),
  told_at timestamptz not null,
  primary key (organization_id, month, rung)
);

do $$
declare t text;
begin
  foreach t in array array['screening_unit', 'screening_report', 'screening_item', 'screening_case', 'screening_told'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I to tongxin_maintenance using (true) with check (true)', t || '_maintenance', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;

create function supervises_unit(p_organization uuid) returns boolean language sql stable as $$
  select may_manage('screening.supervise', (select o.area_id from organization o where o.organization_id = p_organization), null) $$;
create policy screening_unit_scope on screening_unit to tongxin_app
  using (may_manage('screening.report', null, organization_id) or supervises_unit(organization_id)) with check (supervises_unit(organization_id));
grant select, insert, update (since, until, due_day) on screening_unit to tongxin_app;
create policy screening_report_seen on screening_report for select to tongxin_app
  using (exists (select 1 from screening_unit u where u.organization_id = screening_report.organization_id));
create policy screening_report_make on screening_report for insert to tongxin_app with check (may_manage('screening.report', null, organization_id));
grant select, insert on screening_report to tongxin_app;
create policy screening_item_scope on screening_item to tongxin_app using (exists (select 1 from screening_report r where r.report_id = screening_item.report_id))
  with check (exists (select 1 from screening_report r where r.report_id = screening_item.report_id));
grant select, insert on screening_item to tongxin_app;
create policy screening_case_scope on screening_case to tongxin_app using (exists (select 1 from cases c where c.case_id = screening_case.case_id))
  with check (exists (select 1 from cases c where c.case_id = screening_case.case_id));
grant select, insert on screening_case to tongxin_app;

create policy screening_unit_feed on screening_unit for select to tongxin_feed using (true);
create policy screening_report_feed on screening_report for select to tongxin_feed using (true);
create policy screening_told_feed on screening_told to tongxin_feed using (true) with check (true);
grant select on screening_unit, screening_report to tongxin_feed;
grant select, insert on screening_told to tongxin_feed;

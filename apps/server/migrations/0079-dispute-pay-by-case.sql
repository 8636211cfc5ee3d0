-- 以案定补: what a locality pays a mediator for a case, in fen, with the paper it stands in. A later month takes the place of an earlier one; no version is
-- changed. What is due is reckoned when it is asked for, and kept nowhere.
create table subsidy_rates (
  rates_id uuid primary key,
  area_id uuid not null references area,
  from_month date not null check (extract(day from from_month) = 1),
  source text not null,
  amounts jsonb not null,
  many_sides integer not null check (many_sides between 2 and 10),
  needs_file boolean not null,
  set_by uuid default acting() references person check (set_by is not null),
  set_at timestamptz not null
);
create index subsidy_rates_area on subsidy_rates (area_id, from_month desc);
alter table subsidy_rates enable row level security;
alter table subsidy_rates force row level security;
create policy subsidy_rates_maintenance on subsidy_rates to tongxin_maintenance using (true) with check (true);
grant select, insert, update, delete on subsidy_rates to tongxin_maintenance;
create policy subsidy_rates_read on subsidy_rates for select to tongxin_app using (true);
create policy subsidy_rates_set on subsidy_rates for insert to tongxin_app with check (may_manage('mediation.count', area_id, null));
grant select (rates_id, area_id, from_month, source, amounts, many_sides, needs_file, set_at), insert (rates_id, area_id, from_month, source, amounts, many_sides, needs_file, set_at) on subsidy_rates to tongxin_app;

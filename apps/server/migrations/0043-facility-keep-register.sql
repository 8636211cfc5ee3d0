-- Facilities are kept by whoever manages them in an area. What is taken away leaves the register by its day: cases that name it still find it.
alter table facility add column valid_from date not null default '2000-01-01', add column valid_to date;
create index facility_by_code on facility ((coalesce(code, '')), facility_id);

alter table facility enable row level security;
alter table facility force row level security;
create policy facility_read on facility for select to tongxin_app, tongxin_feed using (true);
create policy facility_add on facility for insert to tongxin_app with check (may_manage('facility.manage', area_id, null));
create policy facility_change on facility for update to tongxin_app using (may_manage('facility.manage', area_id, null))
  with check (may_manage('facility.manage', area_id, null));
grant insert, update on facility to tongxin_app;

-- Nobody keeps facilities in memory: a table of lamps makes no process read its reference data again.
drop trigger reference_changed on facility;

-- 诉源治理: what was tried so that fewer quarrels arise. There is no column for a target.
create table source_measure (
  measure_id uuid primary key,
  area_id uuid not null references area,
  kind text,
  what text not null,
  organization_id uuid not null references organization,
  from_day date not null,
  digest bytea not null,
  recorded_at timestamptz not null
);
create index source_measure_area on source_measure (area_id, from_day desc);
alter table source_measure enable row level security;
alter table source_measure force row level security;
create policy source_measure_maintenance on source_measure to tongxin_maintenance using (true) with check (true);
grant select, insert, update, delete on source_measure to tongxin_maintenance;
create policy source_measure_scope on source_measure to tongxin_app using (may_manage('mediation.count', area_id, null))
  with check (may_manage('mediation.count', area_id, null));
grant select, insert on source_measure to tongxin_app;

-- Disputes by day, place and trade, exactly, below an area of whoever counts by law; as `dispute_counts`, this tells of no case.
create function dispute_days(p_area uuid, p_from date, p_to date)
  returns table (area_id uuid, path uuid[], kind text, day date, cases bigint) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not may_manage('mediation.count', p_area, null) then raise exception 'not these figures' using errcode = '42501'; end if;
  return query select d.area_id, a.path, d.kind, d.mediated_on, count(*) from dispute d join area a on a.area_id = d.area_id and p_area = any (a.path)
    where d.mediated_on >= p_from and d.mediated_on < p_to group by 1, 2, 3, 4 order by 4, 1, 3;
end $$;
alter function dispute_days(uuid, date, date) owner to tongxin_definer;
revoke all on function dispute_days(uuid, date, date) from public;
grant execute on function dispute_days(uuid, date, date) to tongxin_app;

-- Keys of the open interface are issued and taken back at the desk too, by whoever keeps the exchange of the whole installation.
create policy open311_key_all on open311_key to tongxin_app using (may_manage_all('exchange.manage')) with check (may_manage_all('exchange.manage'));
create policy open311_use_all on open311_use for select to tongxin_app using (may_manage_all('exchange.manage'));
grant select (key_id, name, ending, per_day, issued_at, expires_at, revoked_at), insert, update (revoked_at) on open311_key to tongxin_app;
grant select on open311_use to tongxin_app;

-- Whether anybody is told the list of requests, coarse as it is. One row; a request asked for by its number is answered either way.
create table open311_list (
  one boolean primary key default true check (one),
  is_open boolean not null
);
insert into open311_list values (true, true);
alter table open311_list enable row level security;
alter table open311_list force row level security;
create policy open311_list_read on open311_list for select to tongxin_app using (true);
create policy open311_list_switch on open311_list for update to tongxin_app using (may_manage_all('exchange.manage'))
  with check (may_manage_all('exchange.manage'));
grant select, update (is_open) on open311_list to tongxin_app;
grant select, insert, update, delete on open311_list to tongxin_maintenance;
grant select on open311_list to tongxin_definer;

drop function open311_between(date, date, text[], boolean, integer, integer);
create function open311_between(p_from date, p_to date, p_services text[], p_closed boolean, p_limit integer, p_offset integer)
  returns setof open311_coarse language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform assert_open311();
  if not exists (select 1 from open311_list l where l.is_open) then return; end if;
  return query select * from open311_coarse o
    where o.reported_at >= p_from::timestamp at time zone 'Asia/Shanghai' and o.reported_at < (p_to + 1)::timestamp at time zone 'Asia/Shanghai'
      and (p_services is null or o.category_id = any (p_services)) and (p_closed is null or o.closed = p_closed)
    order by o.reported_at desc, o.case_id limit p_limit offset p_offset;
end $$;
alter function open311_between(date, date, text[], boolean, integer, integer) owner to tongxin_definer;
revoke all on function open311_between(date, date, text[], boolean, integer, integer) from public;
grant execute on function open311_between(date, date, text[], boolean, integer, integer) to tongxin_app;

-- Whether reporters of other cases wait for this one's answer. Who acts on a case need not see the cases that were merged into it.
create function has_merged(p_case uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from cases where main_case_id = p_case) $$;
alter function has_merged(uuid) owner to tongxin_definer;
revoke all on function has_merged(uuid) from public;
grant execute on function has_merged(uuid) to tongxin_app;

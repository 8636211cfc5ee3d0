-- Whoever registers a dispute types in the telephones: one that is of staff proves no side. Only yes or no is answered.
create function staff_has_phone(p_index bytea) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from person where phone_index = p_index and kind = 'staff' and erased_at is null)
    or exists (select 1 from mediator where phone_index = p_index) $$;
alter function staff_has_phone(bytea) owner to tongxin_definer;
revoke all on function staff_has_phone(bytea) from public;
grant execute on function staff_has_phone(bytea) to tongxin_app;

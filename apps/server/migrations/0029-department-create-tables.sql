-- The account by which a body's own systems call: one for each body, with a post that sees what the body handles.
create table api_account (
  organization_id uuid primary key references organization,
  person_id uuid not null references person,
  post_id uuid not null references post
);
-- Tokens of it: named, dated, taken back. The token itself is kept nowhere; its hash stands among the service sessions.
create table api_token (
  token_id uuid primary key,
  organization_id uuid not null references api_account,
  name text not null,
  -- The last letters, so that people know which it is.
  ending text not null,
  issued_by uuid not null references person,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index api_token_body on api_token (organization_id);
do $$
declare t text;
begin
  foreach t in array array['api_account', 'api_token'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
    execute format('grant select, insert, update on %I to tongxin_definer', t);
  end loop;
end $$;
create policy api_token_area on api_token for select to tongxin_app using (exists (select 1 from organization o where o.organization_id = api_token.organization_id
  and holds_over('exchange.manage', o.area_id)));
grant select on api_token to tongxin_app;
grant insert on person, post, post_holding to tongxin_definer;

-- Issues a token for a body; the account is made with the first.
create function issue_api_token(p_token uuid, p_organization uuid, p_name text, p_ending text, p_hash bytea, p_days integer, p_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor uuid := nullif(current_setting('tongxin.actor', true), '')::uuid;
  v_person uuid;
begin
  if not exists (select 1 from organization o where o.organization_id = p_organization and holds_over('exchange.manage', o.area_id)) then raise exception 'may not issue' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended('api-account:' || p_organization, 0));
  select person_id into v_person from api_account where organization_id = p_organization;
  if v_person is null then
    v_person := gen_random_uuid();
    insert into person (person_id, kind) values (v_person, 'service');
    insert into post (post_id, organization_id, area_id, role, title, valid_from)
      select v_person, o.organization_id, o.area_id, 'departmentService', '{"zh": "接口账号", "en": "API account"}', '2000-01-01' from organization o
      where o.organization_id = p_organization;
    insert into post_holding (holding_id, post_id, person_id, valid_from) values (v_person, v_person, v_person, '2000-01-01');
    insert into api_account values (p_organization, v_person, v_person);
  end if;
  insert into api_token values (p_token, p_organization, p_name, p_ending, v_actor, p_now, p_now + make_interval(days => p_days));
  insert into service_session (token_hash, person_id, expires_at, note) values (p_hash, v_person, now() + make_interval(days => p_days), 'api: ' || p_token);
end $$;
create function revoke_api_token(p_token uuid, p_now timestamptz) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare v_organization uuid;
begin
  select organization_id into v_organization from api_token where token_id = p_token;
  if not exists (select 1 from organization o where o.organization_id = v_organization and holds_over('exchange.manage', o.area_id)) then return false; end if;
  delete from service_session where note = 'api: ' || p_token;
  update api_token set revoked_at = coalesce(revoked_at, p_now) where token_id = p_token;
  return true;
end $$;
do $$
declare f text;
begin
  foreach f in array array['issue_api_token(uuid, uuid, text, text, bytea, integer, timestamptz)', 'revoke_api_token(uuid, timestamptz)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;

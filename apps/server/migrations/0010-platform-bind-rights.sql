-- What somebody may do follows the posts of that day, everywhere by one rule; the side complained of sees its own case, and parties carry
-- only what somebody writes and reads.

-- Posts held on the day of an instant, in China. `valid_from` is the first day that counts, `valid_to` the first that no longer does.
create function posts_held(p_person uuid, p_at timestamptz)
  returns table (held_from date, post_id uuid, organization_id uuid, area_id uuid, role text, sees text, capabilities text[]) language sql stable as $$
  select h.valid_from, po.post_id, po.organization_id, po.area_id, po.role, r.sees, r.capabilities
  from post_holding h join post po using (post_id) join post_role r using (role)
  where h.person_id = p_person
    and h.valid_from <= (p_at at time zone 'Asia/Shanghai')::date and coalesce(h.valid_to, 'infinity') > (p_at at time zone 'Asia/Shanghai')::date
    and po.valid_from <= (p_at at time zone 'Asia/Shanghai')::date and coalesce(po.valid_to, 'infinity') > (p_at at time zone 'Asia/Shanghai')::date $$;
revoke all on function posts_held(uuid, timestamptz) from public;
grant execute on function posts_held(uuid, timestamptz) to tongxin_definer;

drop function enter(text, text);
create function enter(p_kind text, p_token text) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_person person%rowtype;
  v_posts jsonb;
  v_areas uuid[];
  v_bodies uuid[];
  v_files boolean;
begin
  perform set_config('tongxin.actor', '', true), set_config('tongxin.areas', '', true), set_config('tongxin.organizations', '', true),
          set_config('tongxin.cases', '', true), set_config('tongxin.may_file', '', true);
  if p_kind = 'person' then
    select p.* into v_person from auth.session s join person p on p.auth_user_id = s."userId"
      where s.token = p_token and s."expiresAt" > now() and p.erased_at is null;
  elsif p_kind = 'service' then
    select p.* into v_person from service_session s join person p on p.person_id = s.person_id
      where s.token_hash = sha256(convert_to(p_token, 'UTF8')) and s.expires_at > now();
  end if;
  if v_person.person_id is null then return null; end if;
  select coalesce(jsonb_agg(jsonb_build_object('postId', h.post_id, 'organizationId', h.organization_id, 'areaId', h.area_id,
           'role', h.role, 'capabilities', to_jsonb(h.capabilities)) order by h.held_from, h.post_id), '[]'::jsonb),
         array_agg(h.area_id) filter (where h.sees = 'area'),
         array_agg(h.organization_id) filter (where h.sees in ('area', 'organization')),
         coalesce(bool_or('case.file' = any (h.capabilities)), false)
    into v_posts, v_areas, v_bodies, v_files
    from posts_held(v_person.person_id, now()) h;
  perform set_config('tongxin.actor', v_person.person_id::text, true),
          set_config('tongxin.areas', coalesce(v_areas::text, ''), true),
          set_config('tongxin.organizations', coalesce(v_bodies::text, ''), true),
          set_config('tongxin.may_file', case when v_files or v_person.kind = 'resident' then '1' else '' end, true);
  return jsonb_build_object('personId', v_person.person_id, 'kind', v_person.kind, 'language', v_person.language, 'posts', v_posts);
end $$;

drop function may_import();
create function may_import() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(nullif(current_setting('tongxin.actor', true), '')::uuid, now()) h where 'case.import' = any (h.capabilities)) $$;
drop function is_clock_service();
create function is_clock_service() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(nullif(current_setting('tongxin.actor', true), '')::uuid, now()) h where h.role = 'clockService') $$;

-- The body complained of sees its own case, as respondent (R5), so that it can reply: the same way as a body that supports. Never a letter or a
-- report of wrongdoing: their material is not passed to the accused (Regulations on Letters and Visits Work, article 30).
alter policy cases_scope on cases using (sees_case(case_id, confidential, city_id, district_id, town_id, community_id, grid_id,
  receiving_organization_id, lead_organization_id,
  case when respondent_organization_id is null or confidential or demand_kind is not distinct from 'report' then supporting_organization_ids
    else supporting_organization_ids || respondent_organization_id end,
  participant_ids));
create index cases_respondent on cases (respondent_organization_id, updated_at desc, case_id) where respondent_organization_id is not null;

-- A body complained of stands in the case itself, addresses stand in the words: neither was ever kept with a party.
drop function read_party(uuid, uuid, text, uuid, uuid, text[], uuid, timestamptz);
alter table case_party drop column address_sealed;
alter table case_party drop column organization_id;
alter table case_party drop constraint case_party_role_check;
alter table case_party add constraint case_party_role_check check (role in ('reporter', 'behalfOf'));
create function read_party(p_case uuid, p_party uuid, p_purpose text, p_post uuid, p_organization uuid, p_fields text[], p_access uuid, p_now timestamptz)
  returns table (name_sealed bytea, phone_sealed bytea) language plpgsql security definer set search_path = public, pg_temp as $$
declare v_actor uuid := nullif(current_setting('tongxin.actor', true), '')::uuid;
begin
  if v_actor is null or length(trim(coalesce(p_purpose, ''))) < 2 then raise exception 'purpose required' using errcode = '42501'; end if;
  perform 1 from cases c where c.case_id = p_case and sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id,
    c.grid_id, c.receiving_organization_id, c.lead_organization_id, c.supporting_organization_ids, c.participant_ids)
    and coalesce(c.respondent_organization_id <> all (coalesce(scope_ids('organizations'), '{}')), true);
  if not found then return; end if;
  insert into person_access (access_id, person_id, case_id, party_id, reader_person_id, reader_post_id, reader_organization_id, purpose, fields, read_at)
    select p_access, cp.person_id, p_case, p_party, v_actor, p_post, p_organization, p_purpose, p_fields, p_now
    from case_party cp where cp.case_id = p_case and cp.party_id = p_party and cp.erased_at is null;
  return query select case when 'name' = any (p_fields) then cp.name_sealed end, case when 'phone' = any (p_fields) then cp.phone_sealed end
    from case_party cp where cp.case_id = p_case and cp.party_id = p_party and cp.erased_at is null;
end $$;

do $$
declare f text;
begin
  foreach f in array array['enter(text, text)', 'may_import()', 'is_clock_service()',
    'read_party(uuid, uuid, text, uuid, uuid, text[], uuid, timestamptz)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;

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

-- The body complained of sees its own case, as respondent (R5), so that it can reply. Never a letter or a report of wrongdoing: their material
-- is not passed to the accused (Regulations on Letters and Visits Work, article 30).
drop policy cases_scope on cases;
drop function sees_case(uuid, boolean, uuid, uuid, uuid, uuid, uuid, uuid, uuid, uuid[], uuid[]);
create function sees_case(
  p_case uuid, p_confidential boolean, p_demand text, p_city uuid, p_district uuid, p_town uuid, p_community uuid, p_grid uuid,
  p_receiving uuid, p_lead uuid, p_supporting uuid[], p_respondent uuid, p_participants uuid[]
) returns boolean language plpgsql stable parallel safe as $$
declare
  v_ids uuid[] := nullif(current_setting('tongxin.areas', true), '')::uuid[];
begin
  -- Each list is read only when those before it did not decide: this runs for every row.
  if v_ids is not null and not p_confidential and (p_town = any (v_ids) or p_city = any (v_ids) or p_community = any (v_ids)
      or p_grid = any (v_ids) or p_district = any (v_ids)) then return true; end if;
  v_ids := nullif(current_setting('tongxin.organizations', true), '')::uuid[];
  if v_ids is not null and (p_lead = any (v_ids) or p_receiving = any (v_ids) or p_supporting && v_ids
      or (p_respondent = any (v_ids) and not p_confidential and p_demand is distinct from 'report')) then return true; end if;
  v_ids := nullif(current_setting('tongxin.cases', true), '')::uuid[];
  if v_ids is not null and p_case = any (v_ids) then return true; end if;
  return coalesce(cardinality(p_participants) > 0 and nullif(current_setting('tongxin.actor', true), '')::uuid = any (p_participants), false);
end $$;
create policy cases_scope on cases to tongxin_app using (sees_case(case_id, confidential, demand_kind, city_id, district_id, town_id, community_id,
  grid_id, receiving_organization_id, lead_organization_id, supporting_organization_ids, respondent_organization_id, participant_ids));
create index cases_respondent on cases (respondent_organization_id, updated_at desc, case_id) where respondent_organization_id is not null;

-- The side complained of finds nothing by words: what the reporter wrote and what staff noted would answer its guesses.
drop function search_cases(text[], text, integer);
create function search_cases(p_lexemes text[], p_phrase text, p_limit integer) returns setof uuid language plpgsql stable security definer
  set search_path = public, pg_temp as $$
declare
  v_query tsquery := (select string_agg('''' || replace(replace(l, '\', '\\'), '''', '''''') || '''', ' & ') from unnest(p_lexemes) as l)::tsquery;
  v_bodies uuid[] := coalesce(scope_ids('organizations'), '{}');
begin
  return query
    select m.case_id from (select d.case_id, d.updated_at from search_document d
        where d.words @@ v_query and (p_phrase = '' or position(p_phrase in lower(d.masked)) > 0) limit 5000) m
      join cases c on c.case_id = m.case_id
      where sees_case(c.case_id, c.confidential, c.demand_kind, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id,
        c.receiving_organization_id, c.lead_organization_id, c.supporting_organization_ids, c.respondent_organization_id, c.participant_ids)
        and coalesce(c.respondent_organization_id <> all (v_bodies), true)
      order by c.updated_at desc, c.case_id limit least(p_limit, 2000);
end $$;

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
  perform 1 from cases c where c.case_id = p_case and sees_case(c.case_id, c.confidential, c.demand_kind, c.city_id, c.district_id, c.town_id,
    c.community_id, c.grid_id, c.receiving_organization_id, c.lead_organization_id, c.supporting_organization_ids, c.respondent_organization_id,
    c.participant_ids)
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
  foreach f in array array['enter(text, text)', 'may_import()', 'is_clock_service()', 'search_cases(text[], text, integer)',
    'read_party(uuid, uuid, text, uuid, uuid, text[], uuid, timestamptz)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;

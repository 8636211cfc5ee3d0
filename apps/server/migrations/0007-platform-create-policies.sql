-- Row-level security is the floor under the rules: it guards against a forgotten predicate. Policies call one opaque STABLE function, so that
-- the planner keeps the ordered index the query names (docs/decisions/0003).

create function sees_case(
  p_case uuid, p_confidential boolean, p_city uuid, p_district uuid, p_town uuid, p_community uuid, p_grid uuid,
  p_receiving uuid, p_lead uuid, p_supporting uuid[], p_participants uuid[]
) returns boolean language plpgsql stable parallel safe as $$
declare
  v_ids uuid[] := nullif(current_setting('tongxin.areas', true), '')::uuid[];
begin
  -- Each list is read only when those before it did not decide: this runs for every row.
  if v_ids is not null and not p_confidential and (p_town = any (v_ids) or p_city = any (v_ids) or p_community = any (v_ids)
      or p_grid = any (v_ids) or p_district = any (v_ids)) then return true; end if;
  v_ids := nullif(current_setting('tongxin.organizations', true), '')::uuid[];
  if v_ids is not null and (p_lead = any (v_ids) or p_receiving = any (v_ids) or p_supporting && v_ids) then return true; end if;
  v_ids := nullif(current_setting('tongxin.cases', true), '')::uuid[];
  if v_ids is not null and p_case = any (v_ids) then return true; end if;
  return coalesce(cardinality(p_participants) > 0 and nullif(current_setting('tongxin.actor', true), '')::uuid = any (p_participants), false);
end $$;

create function sees_area(p_area uuid) returns boolean language sql stable parallel safe
  return exists (select 1 from area a where a.area_id = p_area and a.path && scope_ids('areas'));

-- The only way to a scope. 'person': a live sign-in session; 'service': a service post's token. Answers who acts, or null.
create function enter(p_kind text, p_token text) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_person person%rowtype;
  v_today date := (now() at time zone 'Asia/Shanghai')::date;
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
  select coalesce(jsonb_agg(jsonb_build_object('postId', po.post_id, 'organizationId', po.organization_id, 'areaId', po.area_id,
           'role', po.role, 'capabilities', to_jsonb(r.capabilities)) order by h.valid_from, po.post_id), '[]'::jsonb),
         array_agg(po.area_id) filter (where r.sees = 'area'),
         array_agg(po.organization_id) filter (where r.sees in ('area', 'organization')),
         coalesce(bool_or('case.file' = any (r.capabilities)), false)
    into v_posts, v_areas, v_bodies, v_files
    from post_holding h join post po using (post_id) join post_role r using (role)
    where h.person_id = v_person.person_id and h.valid_from <= v_today and coalesce(h.valid_to, 'infinity') > v_today
      and po.valid_from <= v_today and coalesce(po.valid_to, 'infinity') > v_today;
  perform set_config('tongxin.actor', v_person.person_id::text, true),
          set_config('tongxin.areas', coalesce(v_areas::text, ''), true),
          set_config('tongxin.organizations', coalesce(v_bodies::text, ''), true),
          set_config('tongxin.may_file', case when v_files or v_person.kind = 'resident' then '1' else '' end, true);
  return jsonb_build_object('personId', v_person.person_id, 'kind', v_person.kind, 'language', v_person.language, 'posts', v_posts);
end $$;

-- A query code opens exactly one case, and says which party holds it.
create function enter_receipt(p_code_hash bytea) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare v receipt%rowtype;
begin
  select * into v from receipt where code_hash = p_code_hash and coalesce(expires_at, 'infinity') > now();
  if v.case_id is null then return null; end if;
  -- The main case of a merged one too: its answers are owed here, and the presenter shows only those.
  perform set_config('tongxin.cases', (select array_remove(array[c.case_id, c.main_case_id], null)::text from cases c where c.case_id = v.case_id), true);
  return jsonb_build_object('caseId', v.case_id, 'partyId', v.party_id);
end $$;

-- Begins a filing: answers what this id was used for before (nothing of the case itself), or opens the new id to this transaction.
create function begin_filing(p_case uuid) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare v_found jsonb;
begin
  if coalesce(current_setting('tongxin.may_file', true), '') <> '1' then raise exception 'may not file' using errcode = '42501'; end if;
  select jsonb_build_object('submitterId', submitter_id, 'digest', encode(payload_digest, 'hex'), 'number', number,
      'createdAt', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) into v_found
    from cases where case_id = p_case;
  if v_found is null then perform set_config('tongxin.cases', (coalesce(scope_ids('cases'), '{}') || p_case)::text, true); end if;
  return v_found;
end $$;

-- Staff number: prefix, year, serial of the procedure; gaps allowed. One sequence per prefix, made when a procedure is published.
create function ensure_case_serial(p_prefix text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_prefix !~ '^[A-Z]{1,6}$' then raise exception 'bad prefix' using errcode = '22023'; end if;
  execute format('create sequence if not exists %I', 'case_serial_' || lower(p_prefix));
  execute format('grant usage on sequence %I to tongxin_app, tongxin_maintenance', 'case_serial_' || lower(p_prefix));
end $$;
revoke all on function ensure_case_serial(text) from public;
grant execute on function ensure_case_serial(text) to tongxin_maintenance;
select ensure_case_serial('GD'), ensure_case_serial('XF');
create function next_case_number(p_prefix text, p_year integer) returns text language sql volatile
  return p_prefix || p_year || '-' || lpad(nextval(('case_serial_' || lower(p_prefix))::regclass)::text, 7, '0');

-- Lets the planner know tables that have just been filled: only their owner may, and who may not is told so by a warning that nobody reads.
create function analyse_tables(p_tables text[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare t text;
begin
  foreach t in array p_tables loop execute format('analyze %I', t); end loop;
end $$;
revoke all on function analyse_tables(text[]) from public;
grant execute on function analyse_tables(text[]) to tongxin_maintenance;

-- Keeps an upload for a case that is not filed yet; false when the id was used for something else.
create function keep_pending_file(p_case uuid, p_file uuid, p_kind text, p_media_type text, p_bytes integer, p_address text, p_name bytea, p_place jsonb,
  p_now timestamptz) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare v_actor uuid := nullif(current_setting('tongxin.actor', true), '')::uuid;
begin
  if v_actor is null or coalesce(current_setting('tongxin.may_file', true), '') <> '1' then raise exception 'may not file' using errcode = '42501'; end if;
  if exists (select 1 from cases where case_id = p_case) then
    -- A repeated upload after its filing succeeded.
    return exists (select 1 from file where case_id = p_case and file_id = p_file and address = p_address and uploader_id = v_actor);
  end if;
  if (select count(*) from file_pending where case_id = p_case) >= 20 then return false; end if;
  insert into file_pending values (p_case, p_file, p_kind, p_media_type, p_bytes, p_address, p_name, v_actor, p_place, p_now)
    on conflict (case_id, file_id) do nothing;
  return exists (select 1 from file_pending where case_id = p_case and file_id = p_file and address = p_address and uploader_id = v_actor);
end $$;

-- Files uploaded before filing join the case they were meant for; only their uploader's filing takes them.
create function attach_files(p_case uuid, p_files uuid[]) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare v_n integer;
begin
  if not p_case = any (coalesce(scope_ids('cases'), '{}')) then raise exception 'not this case' using errcode = '42501'; end if;
  with moved as (
    delete from file_pending where case_id = p_case and file_id = any (p_files)
      and uploader_id = nullif(current_setting('tongxin.actor', true), '')::uuid returning *
  ) insert into file (case_id, file_id, kind, media_type, bytes, address, name_sealed, uploader_id, taken_place, seen_by, stored_at)
    select case_id, file_id, kind, media_type, bytes, address, name_sealed, uploader_id, taken_place, '{reporter}', stored_at from moved;
  get diagnostics v_n = row_count;
  if v_n <> cardinality(p_files) then raise exception 'file missing' using errcode = 'TX001'; end if;
  return v_n;
end $$;

-- Reading a party's name or contact names a purpose and is logged in the same transaction, or does not happen.
create function read_party(p_case uuid, p_party uuid, p_purpose text, p_post uuid, p_organization uuid, p_fields text[], p_access uuid, p_now timestamptz)
  returns table (name_sealed bytea, phone_sealed bytea, address_sealed bytea) language plpgsql security definer set search_path = public, pg_temp as $$
declare v_actor uuid := nullif(current_setting('tongxin.actor', true), '')::uuid;
begin
  if v_actor is null or length(trim(coalesce(p_purpose, ''))) < 2 then raise exception 'purpose required' using errcode = '42501'; end if;
  perform 1 from cases c where c.case_id = p_case and sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id,
    c.grid_id, c.receiving_organization_id, c.lead_organization_id, c.supporting_organization_ids, c.participant_ids);
  if not found then return; end if;
  insert into person_access (access_id, person_id, case_id, party_id, reader_person_id, reader_post_id, reader_organization_id, purpose, fields, read_at)
    select p_access, cp.person_id, p_case, p_party, v_actor, p_post, p_organization, p_purpose, p_fields, p_now
    from case_party cp where cp.case_id = p_case and cp.party_id = p_party and cp.erased_at is null;
  return query select case when 'name' = any (p_fields) then cp.name_sealed end, case when 'phone' = any (p_fields) then cp.phone_sealed end,
      case when 'address' = any (p_fields) then cp.address_sealed end
    from case_party cp where cp.case_id = p_case and cp.party_id = p_party and cp.erased_at is null;
end $$;

-- Candidates of a search, judged by the caller's scope: a policy would keep the index of words from being used. Every lexeme must match.
-- Bounded: at most 5,000 matches are judged; the newest of those the caller sees are answered.
create function search_cases(p_lexemes text[], p_phrase text, p_limit integer) returns setof uuid language plpgsql stable security definer
  set search_path = public, pg_temp as $$
declare v_query tsquery := (select string_agg('''' || replace(replace(l, '\', '\\'), '''', '''''') || '''', ' & ') from unnest(p_lexemes) as l)::tsquery;
begin
  return query
    select m.case_id from (select d.case_id, d.updated_at from search_document d
        where d.words @@ v_query and (p_phrase = '' or position(p_phrase in lower(d.masked)) > 0) limit 5000) m
      join cases c on c.case_id = m.case_id
      where sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id, c.receiving_organization_id,
        c.lead_organization_id, c.supporting_organization_ids, c.participant_ids)
      order by c.updated_at desc, c.case_id limit least(p_limit, 2000);
end $$;

-- Imports, set by set: what numbers are known, which ids are new (and opened to this transaction), which texts stand elsewhere.
create function may_import() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from post_holding h join post p using (post_id) join post_role r using (role)
    where h.person_id = nullif(current_setting('tongxin.actor', true), '')::uuid and 'case.import' = any (r.capabilities)) $$;
create function find_sources(p_system text, p_numbers text[]) returns table (source_number text, case_id uuid, digest bytea) language plpgsql stable
  security definer set search_path = public, pg_temp as $$
begin
  if not may_import() then raise exception 'may not import' using errcode = '42501'; end if;
  return query select k.source_number, k.case_id, k.digest from source_key k where k.source_system = p_system and k.source_number = any (p_numbers);
end $$;
create function open_filings(p_cases uuid[]) returns uuid[] language plpgsql security definer set search_path = public, pg_temp as $$
declare v_new uuid[];
begin
  if not may_import() then raise exception 'may not import' using errcode = '42501'; end if;
  select coalesce(array_agg(id), '{}') into v_new from unnest(p_cases) as id where not exists (select 1 from cases c where c.case_id = id);
  perform set_config('tongxin.cases', (coalesce(scope_ids('cases'), '{}') || v_new)::text, true);
  return v_new;
end $$;
create function find_same_texts(p_digests bytea[]) returns table (digest bytea, case_id uuid) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not may_import() then raise exception 'may not import' using errcode = '42501'; end if;
  return query select distinct on (t.digest) t.digest, t.case_id from text_digest t where t.digest = any (p_digests) order by t.digest, t.case_id;
end $$;

-- Due times, for the clock's service only: cases whose ladder speaks by now, or whose due time rests on an unknown year or an amended day.
create function is_clock_service() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from post_holding h join post p using (post_id)
    where h.person_id = nullif(current_setting('tongxin.actor', true), '')::uuid and p.role = 'clockService') $$;
create function find_due_cases(p_now timestamptz, p_calendar text, p_limit integer) returns setof uuid language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not is_clock_service() then raise exception 'not the clock' using errcode = '42501'; end if;
  return query select distinct d.case_id from (
      (select k.case_id from clock k where k.next_at is not null and k.next_at <= p_now order by k.next_at limit least(p_limit, 1000))
      union all
      (select k.case_id from clock k where (k.provisional or k.calendar_version = 'amended') and k.status <> 'stopped'
        and (k.calendar_version < p_calendar or k.calendar_version > p_calendar)
        limit least(p_limit, 1000))) d;
end $$;
create function open_due_case(p_case uuid, p_now timestamptz, p_calendar text) returns boolean language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  if not is_clock_service() then raise exception 'not the clock' using errcode = '42501'; end if;
  perform 1 from clock k where k.case_id = p_case and ((k.next_at is not null and k.next_at <= p_now)
    or ((k.provisional or k.calendar_version = 'amended') and k.status <> 'stopped' and k.calendar_version <> p_calendar));
  if not found then return false; end if;
  perform set_config('tongxin.cases', (coalesce(scope_ids('cases'), '{}') || p_case)::text, true);
  return true;
end $$;

-- The feed's ids after a position, for live screens: ids only, joined under the caller's scope before anything is told.
create function feed_after(p_after bigint, p_limit integer) returns table (pos bigint, case_id uuid, event_no integer) language sql stable security definer
  set search_path = public, pg_temp as $$
  select f.position, f.case_id, f.event_no from feed f where f.position > p_after order by f.position limit least(p_limit, 5000) $$;

do $$
declare f text;
begin
  foreach f in array array['enter(text, text)', 'enter_receipt(bytea)', 'begin_filing(uuid)', 'attach_files(uuid, uuid[])',
    'may_import()', 'find_sources(text, text[])', 'open_filings(uuid[])', 'find_same_texts(bytea[])', 'is_clock_service()', 'find_due_cases(timestamptz, text, integer)', 'open_due_case(uuid, timestamptz, text)',
    'feed_after(bigint, integer)', 'search_cases(text[], text, integer)', 'keep_pending_file(uuid, uuid, text, text, integer, text, bytea, jsonb, timestamptz)',
    'read_party(uuid, uuid, text, uuid, uuid, text[], uuid, timestamptz)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant usage on schema public, auth to tongxin_definer;
grant select on all tables in schema public to tongxin_definer;
grant select on auth.session to tongxin_definer;
grant insert on person_access, file to tongxin_definer;
grant insert, delete on file_pending to tongxin_definer;

-- Reference tables: public facts of the installation.
grant select on area, area_code, area_boundary, facility, organization, post_role, post, post_holding, roster_shift, duty_list, duty_item,
  category, calendar_year, calendar_exception, procedure_version to tongxin_app, tongxin_feed;

-- Case-side tables.
grant select, insert, update on cases to tongxin_app;
grant select, insert on events, event_content, case_link, text_digest, source_key to tongxin_app;
grant update (salt, sealed), delete on event_content to tongxin_app;
grant select, insert, update on clock, task, file to tongxin_app;
grant insert, update on case_party to tongxin_app;
grant select (case_id, party_id, role, person_id, organization_id, protected, joined_at, erased_at) on case_party to tongxin_app;
grant insert on receipt, feed_pending to tongxin_app;
grant select on person_access to tongxin_app;
grant select, update (read_at) on notice to tongxin_app;
grant select on case_count, duration_count, feed_head to tongxin_app;
grant select (person_id, kind, language, erased_at) on person to tongxin_app;

grant select on cases, events, event_content, clock, task, case_party, case_link, file, person to tongxin_feed;
grant select, insert, update, delete on feed_pending, feed, feed_head, feed_cursor, search_document, notice, case_count, case_counted, duration_count to tongxin_feed;

grant select, insert, update, delete on all tables in schema public to tongxin_maintenance;
grant usage on all sequences in schema public to tongxin_maintenance, tongxin_feed;

do $$
declare t text;
begin
  -- A case is seen by area, by body, by part in it, or by receipt.
  execute 'alter table cases enable row level security';
  execute 'alter table cases force row level security';
  execute 'create policy cases_scope on cases to tongxin_app using (sees_case(case_id, confidential, city_id, district_id, town_id, community_id,
    grid_id, receiving_organization_id, lead_organization_id, supporting_organization_ids, participant_ids))';
  execute 'create policy cases_feed on cases for select to tongxin_feed using (true)';
  -- Whatever hangs on a case is seen with it. Rows written in the transaction that locked or opened the case need no second look at it.
  foreach t in array array['events', 'event_content', 'clock', 'case_party', 'task', 'case_link', 'file', 'source_key', 'text_digest'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy %I on %I to tongxin_app using (exists (select 1 from cases c where c.case_id = %I.case_id))
      with check (case_id = any (scope_ids(''cases'')) or exists (select 1 from cases c where c.case_id = %I.case_id))', t || '_scope', t, t, t);
    execute format('create policy %I on %I for select to tongxin_feed using (true)', t || '_feed', t);
  end loop;
  foreach t in array array['receipt', 'file_pending', 'feed_pending', 'search_document', 'notice', 'case_count', 'duration_count', 'case_counted', 'person', 'person_access'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
end $$;
create policy receipt_issue on receipt for insert to tongxin_app with check (case_id = any (scope_ids('cases'))
  or exists (select 1 from cases c where c.case_id = receipt.case_id));
create policy pending_append on feed_pending for insert to tongxin_app with check (case_id = any (scope_ids('cases'))
  or exists (select 1 from cases c where c.case_id = feed_pending.case_id));
create policy pending_feed on feed_pending to tongxin_feed using (true) with check (true);
create policy search_feed on search_document to tongxin_feed using (true) with check (true);
create policy notice_own on notice to tongxin_app using (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid);
create policy notice_feed on notice to tongxin_feed using (true) with check (true);
create policy count_area on case_count for select to tongxin_app using (sees_area(area_id));
create policy count_feed on case_count to tongxin_feed using (true) with check (true);
create policy duration_area on duration_count for select to tongxin_app using (sees_area(area_id));
create policy duration_feed on duration_count to tongxin_feed using (true) with check (true);
create policy counted_feed on case_counted to tongxin_feed using (true) with check (true);
create policy person_own on person for select to tongxin_app using (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid);
create policy person_feed on person for select to tongxin_feed using (true);
create policy access_own on person_access for select to tongxin_app using (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid
  or case_id = any (scope_ids('cases')));

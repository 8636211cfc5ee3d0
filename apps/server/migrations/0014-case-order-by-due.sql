-- Inboxes: by what is due next, by who gave the work out, and by what leaders wrote on it.

-- When an open case is due next: its overall limit unless that stands, or the handler's, whichever ends first. Never: infinity. Ended: nothing.
alter table cases add column next_due_at timestamptz generated always as (case when ended_at is null then
  coalesce(least(case when overall_stopped then null else overall_due_at end, handling_due_at), timestamptz 'infinity') end) stored;
-- Who last gave the case to another body; taken back, nobody.
alter table cases add column dispatcher_id uuid;
-- What was once done to it that lists are made of (domain/post MARKS).
alter table cases add column marks text[] not null default '{}';

-- One order for each thing a list names by equality; only what is open has a due time.
create index cases_due_city on cases (city_id, next_due_at, case_id) where next_due_at is not null;
create index cases_due_district on cases (district_id, next_due_at, case_id) where next_due_at is not null and district_id is not null;
create index cases_due_town on cases (town_id, next_due_at, case_id) where next_due_at is not null;
create index cases_due_community on cases (community_id, next_due_at, case_id) where next_due_at is not null;
create index cases_due_grid on cases (grid_id, next_due_at, case_id) where next_due_at is not null;
create index cases_due_lead on cases (lead_organization_id, next_due_at, case_id) where next_due_at is not null and lead_organization_id is not null;
create index cases_due_receiving on cases (receiving_organization_id, next_due_at, case_id) where next_due_at is not null;
create index cases_due_handler on cases (handler_id, next_due_at, case_id) where next_due_at is not null and handler_id is not null;
create index cases_due_dispatcher on cases (dispatcher_id, next_due_at, case_id) where next_due_at is not null and dispatcher_id is not null;
create index cases_dispatcher on cases (dispatcher_id, updated_at desc, case_id) where dispatcher_id is not null;
-- Few cases bear it: a list of them does not walk the whole city.
create index cases_instructed_city on cases (city_id, updated_at desc, case_id) where 'instructed' = any (marks);
create index cases_instructed_district on cases (district_id, updated_at desc, case_id) where 'instructed' = any (marks);
create index cases_instructed_town on cases (town_id, updated_at desc, case_id) where 'instructed' = any (marks);
create index cases_instructed_community on cases (community_id, updated_at desc, case_id) where 'instructed' = any (marks);
create index cases_instructed_lead on cases (lead_organization_id, updated_at desc, case_id) where 'instructed' = any (marks);

-- What the record of running cases says already. The owner's own policies are lifted for it: it sees no case otherwise.
alter table cases no force row level security;
alter table events no force row level security;
alter table procedure_version no force row level security;
with given as (
  select distinct on (case_id) case_id, header::jsonb -> 'actor' as actor, header::jsonb #>> '{header,assign,leadOrganizationId}' as body
  from events where type = 'case.acted' and position('"leadOrganizationId":' in header) > 0
    and header::jsonb #> '{header,assign}' ? 'leadOrganizationId' order by case_id, event_no desc)
update cases c set dispatcher_id = (g.actor ->> 'personId')::uuid from given g
  where c.case_id = g.case_id and g.body is not null and g.body is distinct from g.actor ->> 'organizationId' and g.actor ->> 'kind' = 'person';
update cases c set marks = '{instructed}' where exists (
  select 1 from events e join procedure_version p on p.procedure_id = c.procedure_id and p.version = c.procedure_version
  where e.case_id = c.case_id and e.type = 'case.acted'
    and p.definition #> array['actions', e.header::jsonb #>> '{header,action}', 'by'] @> '[{"capability":"case.instruct"}]');
alter table procedure_version force row level security;
alter table cases force row level security;
alter table events force row level security;

-- Words are searched among what somebody gave out, as among what is otherwise their own. The rest is as it was.
drop function search_cases(text[], text, integer, text, uuid);
create function search_cases(p_lexemes text[], p_phrase text, p_limit integer, p_by text, p_id uuid) returns setof uuid language plpgsql stable
  security definer set search_path = public, pg_temp as $$
declare
  v_query tsquery := (select string_agg('''' || replace(replace(l, '\', '\\'), '''', '''''') || '''', ' & ') from unnest(p_lexemes) as l)::tsquery;
  v_limit integer := least(p_limit, 2000);
  -- Never the caller's words: one of these, or nothing is found.
  v_anchor text := case p_by when 'city' then 'c.city_id = $1' when 'district' then 'c.district_id = $1' when 'town' then 'c.town_id = $1'
    when 'community' then 'c.community_id = $1' when 'grid' then 'c.grid_id = $1' when 'lead' then 'c.lead_organization_id = $1'
    when 'receiving' then 'c.receiving_organization_id = $1' when 'handler' then 'c.handler_id = $1' when 'dispatcher' then 'c.dispatcher_id = $1'
    when 'participant' then 'c.participant_ids @> array[$1]'
    when 'supporting' then 'c.supporting_organization_ids <> ''{}'' and c.supporting_organization_ids @> array[$1]' end;
  v_own boolean := p_by in ('handler', 'dispatcher', 'participant', 'supporting');
  v_judged text := 'sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id,
    c.receiving_organization_id, c.lead_organization_id, c.supporting_organization_ids, c.participant_ids)';
  v_some uuid[];
  v_found uuid[] := '{}';
  v_round uuid[];
  v_walked integer := 0;
  v_at timestamptz;
  v_case uuid;
begin
  if v_anchor is null then return; end if;
  if v_own then
    return query execute 'select c.case_id from cases c join search_document d on d.case_id = c.case_id where ' || v_anchor || ' and d.words @@ $2
        and ($3 = '''' or position($3 in lower(d.masked)) > 0) and ' || v_judged || ' order by c.updated_at desc, c.case_id limit $4'
      using p_id, v_query, p_phrase, v_limit;
    return;
  end if;
  v_some := array(select d.case_id from search_document d
    where d.words @@ v_query and (p_phrase = '' or position(p_phrase in lower(d.masked)) > 0) limit 5001);
  for v_n in 1..case when cardinality(v_some) > 5000 then 10 else 0 end loop
    -- The next 2,000: the limit inside keeps to the order of the anchor's index, whatever is done with them.
    execute 'select array_agg(n.case_id order by n.updated_at desc, n.case_id), count(*), min(n.updated_at) from (
        select c.case_id, c.updated_at from cases c where ' || v_anchor
        || case when v_case is null then '' else ' and c.updated_at <= $2 and (c.updated_at < $2 or c.case_id > $3)' end
        || ' order by c.updated_at desc, c.case_id limit 2000) n'
      into v_round, v_walked, v_at using p_id, v_at, v_case;
    exit when v_walked = 0;
    v_case := v_round[v_walked];
    execute 'select $1 || array(select c.case_id from cases c join search_document d on d.case_id = c.case_id where c.case_id = any ($2)
        and d.words @@ $3 and ($4 = '''' or position($4 in lower(d.masked)) > 0) and ' || v_judged || ' order by c.updated_at desc, c.case_id)'
      into v_found using v_found, v_round, v_query, p_phrase;
    exit when v_walked < 2000 or cardinality(v_found) >= v_limit;
  end loop;
  return query select f.case_id from unnest(v_found[1:v_limit]) with ordinality as f(case_id, n) order by f.n;
  -- All there are, or what is left where the walk ended.
  if cardinality(v_some) <= 5000 or (v_walked = 2000 and cardinality(v_found) < v_limit) then
    return query execute 'select c.case_id from cases c where c.case_id = any ($1) and c.case_id <> all ($2) and ' || v_judged
      || ' order by c.updated_at desc, c.case_id limit $3' using v_some, v_found, v_limit - cardinality(v_found);
  end if;
end $$;
alter function search_cases(text[], text, integer, text, uuid) owner to tongxin_definer;
revoke all on function search_cases(text[], text, integer, text, uuid) from public;
grant execute on function search_cases(text[], text, integer, text, uuid) to tongxin_app;

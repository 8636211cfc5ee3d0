-- Cases whose words are like another's, within an area or a receiving body: those that share at least two of its lexemes (or its only one), most
-- shared first. Judged by the caller's scope; what complains of the caller's own body is left out (R5). Pairs keep the index's answer small where
-- each word alone is common; at most 2,000 matches are weighed.
create function find_alike(p_lexemes text[], p_where text, p_except uuid, p_limit integer) returns table (case_id uuid, shared integer)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_quoted text[] := array(select '''' || replace(replace(l, '\', '\\'), '''', '''''') || '''' from unnest(p_lexemes[1:8]) as l);
  v_any text := case cardinality(v_quoted) when 0 then null when 1 then v_quoted[1] else
    (select string_agg(a.l || ' & ' || b.l, ' | ') from unnest(v_quoted) with ordinality a(l, n) join unnest(v_quoted) with ordinality b(l, n) on a.n < b.n) end;
begin
  if v_any is null then return; end if;
  return query
    select m.case_id, m.shared from (
        select d.case_id, (select count(*)::integer from unnest(v_quoted) as l where d.words @@ l::tsquery) as shared from search_document d
        where d.words @@ ('''' || replace(p_where, '''', '''''') || ''' & (' || v_any || ')')::tsquery and d.case_id <> p_except limit 2000) m
      join cases c on c.case_id = m.case_id
      where sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id, c.receiving_organization_id,
        c.lead_organization_id, c.supporting_organization_ids, c.participant_ids)
        and coalesce(c.respondent_organization_id <> all (coalesce(scope_ids('organizations'), '{}')), true)
      order by m.shared desc, c.updated_at desc, c.case_id limit least(p_limit, 50);
end $$;
alter function find_alike(text[], text, uuid, integer) owner to tongxin_definer;
revoke all on function find_alike(text[], text, uuid, integer) from public;
grant execute on function find_alike(text[], text, uuid, integer) to tongxin_app;

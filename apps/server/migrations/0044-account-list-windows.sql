-- A person's own matters also tell which limits run: until when a review may be asked for is said on the list, not only on the page of the matter.
drop function own_parties();
create function own_parties() returns table (case_id uuid, party_id uuid, role text, number text, procedure_id text, procedure_version integer, stage text,
  title text, created_at timestamptz, updated_at timestamptz, ended_at timestamptz, due_at timestamptz, overall_stopped boolean, due_provisional boolean,
  overdue boolean, receiving_organization_id uuid, lead_organization_id uuid, clocks jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.case_id, p.party_id, p.role, c.number, c.procedure_id, c.procedure_version, c.stage, c.title, c.created_at, c.updated_at, c.ended_at,
    coalesce(c.overall_due_at, c.handling_due_at), c.overall_stopped, c.due_provisional, c.overdue, c.receiving_organization_id, c.lead_organization_id,
    c.state->'clocks'
  from case_party p join cases c on c.case_id = p.case_id
  where p.person_id = acting() and p.erased_at is null order by c.updated_at desc, c.case_id limit 500
$$;
alter function own_parties() owner to tongxin_definer;
revoke all on function own_parties() from public;
grant execute on function own_parties() to tongxin_app;

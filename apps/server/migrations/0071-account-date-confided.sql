-- A side's own list dates a confided matter by when it began and ended: an hour in between would say that something was written down then, which it
-- may not be told of.
set local role tongxin_definer;
create or replace function own_parties() returns table (case_id uuid, party_id uuid, role text, number text, procedure_id text, procedure_version integer, stage text,
  title text, created_at timestamptz, updated_at timestamptz, ended_at timestamptz, due_at timestamptz, overall_stopped boolean, due_provisional boolean,
  overdue boolean, receiving_organization_id uuid, lead_organization_id uuid, clocks jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.case_id, p.party_id, p.role, c.number, c.procedure_id, c.procedure_version, c.stage, c.title, c.created_at,
    case when c.confided then coalesce(c.ended_at, c.created_at) else c.updated_at end as dated, c.ended_at,
    coalesce(c.overall_due_at, c.handling_due_at), c.overall_stopped, c.due_provisional, c.overdue, c.receiving_organization_id, c.lead_organization_id,
    c.state->'clocks'
  from case_party p join cases c on c.case_id = p.case_id
  where p.person_id = acting() and p.erased_at is null order by dated desc, c.case_id limit 500
$$;
reset role;

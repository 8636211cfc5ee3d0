-- The slip of a side of a confided case is made anew at the desk: for a side whom nobody handed one, or who lost it. The code before it opens nothing
-- from then on; an account that took the matter in with it holds it no more, unless it is the one that applied.
alter table receipt add column slip uuid;
grant select, insert, update on receipt to tongxin_definer;

create function renew_slip(p_case uuid, p_party uuid, p_slip uuid, p_hash bytea, p_access uuid, p_purpose text, p_post uuid, p_organization uuid,
  p_now timestamptz) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare v_submitter uuid;
begin
  select c.submitter_id into v_submitter from cases c join case_party p on p.case_id = c.case_id and p.party_id = p_party
    where c.case_id = p_case and c.confided and p.role = 'party' and p.erased_at is null and in_hand(c.state, c.participant_ids)
      and sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id,
        c.receiving_organization_id, c.lead_organization_id, c.supporting_organization_ids, c.participant_ids, c.overlay_ids);
  if not found then return false; end if;
  update receipt set expires_at = '-infinity' where case_id = p_case and party_id = p_party;
  insert into receipt (code_hash, case_id, party_id, issued_at, slip) values (p_hash, p_case, p_party, p_now, p_slip);
  insert into person_access (access_id, person_id, case_id, party_id, reader_person_id, reader_post_id, reader_organization_id, purpose, fields, read_at)
    select p_access, case when person_id = v_submitter then person_id end, p_case, p_party, acting(), p_post, p_organization, p_purpose, '{code}', p_now
    from case_party where case_id = p_case and party_id = p_party;
  update case_party set person_id = null where case_id = p_case and party_id = p_party and person_id <> v_submitter;
  return true;
end $$;

-- Which slip it is: other places of the same party are found by it.
drop function enter_receipt(bytea);
create function enter_receipt(p_code_hash bytea) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare v receipt%rowtype;
begin
  select * into v from receipt where code_hash = p_code_hash and coalesce(expires_at, 'infinity') > now();
  if v.case_id is null then return null; end if;
  -- The main case of a merged one too: its answers are owed here, and the presenter shows only those.
  perform set_config('tongxin.cases', (select array_remove(array[c.case_id, c.main_case_id], null)::text from cases c where c.case_id = v.case_id), true);
  perform set_config('tongxin.party', v.party_id::text, true);
  return jsonb_strip_nulls(jsonb_build_object('caseId', v.case_id, 'partyId', v.party_id, 'slip', v.slip));
end $$;

drop function own_parties();
create function own_parties() returns table (case_id uuid, party_id uuid, slip uuid, role text, number text, procedure_id text, procedure_version integer,
  stage text, title text, created_at timestamptz, updated_at timestamptz, ended_at timestamptz, due_at timestamptz, overall_stopped boolean,
  due_provisional boolean, overdue boolean, receiving_organization_id uuid, lead_organization_id uuid, clocks jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.case_id, p.party_id,
    (select r.slip from receipt r where r.case_id = p.case_id and r.party_id = p.party_id and coalesce(r.expires_at, 'infinity') > now()
      order by r.issued_at desc limit 1),
    p.role, c.number, c.procedure_id, c.procedure_version, c.stage, c.title, c.created_at,
    case when c.confided then coalesce(c.ended_at, c.created_at) else c.updated_at end as dated, c.ended_at,
    coalesce(c.overall_due_at, c.handling_due_at), c.overall_stopped, c.due_provisional, c.overdue, c.receiving_organization_id, c.lead_organization_id,
    c.state->'clocks'
  from case_party p join cases c on c.case_id = p.case_id
  where p.person_id = acting() and p.erased_at is null order by dated desc, c.case_id limit 500
$$;

do $$
declare f text;
begin
  foreach f in array array['own_parties()', 'enter_receipt(bytea)', 'renew_slip(uuid, uuid, uuid, bytea, uuid, text, uuid, uuid, timestamptz)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;

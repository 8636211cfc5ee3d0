-- Whoever is off a dispute keeps no code of a side: one they were given when they registered it, or made anew since, gives way to one that nobody has
-- seen. An account that took the matter in with it holds it no more, unless it is the side that applied.
create function renew_seen_slip(p_case uuid, p_party uuid, p_seer uuid, p_slip uuid, p_hash bytea, p_access uuid, p_purpose text, p_post uuid,
  p_organization uuid, p_now timestamptz) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare v_submitter uuid;
begin
  select c.submitter_id into v_submitter from cases c join case_party p on p.case_id = c.case_id and p.party_id = p_party
    where c.case_id = p_case and c.confided and p.role = 'party' and p.erased_at is null and in_hand(c.state, c.participant_ids)
      and sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id,
        c.receiving_organization_id, c.lead_organization_id, c.supporting_organization_ids, c.participant_ids, c.overlay_ids);
  if not found then return false; end if;
  -- The code that is good now: as registered by them, or made by them, which stands in the side's log at that very moment.
  perform 1 from receipt r where r.case_id = p_case and r.party_id = p_party and coalesce(r.expires_at, 'infinity') > now()
    and (r.slip is null and v_submitter = p_seer or exists (select 1 from person_access a where a.case_id = p_case and a.party_id = p_party
      and a.reader_person_id = p_seer and a.fields = '{code}' and a.read_at = r.issued_at));
  if not found then return false; end if;
  update receipt set expires_at = '-infinity' where case_id = p_case and party_id = p_party;
  insert into receipt (code_hash, case_id, party_id, issued_at, slip) values (p_hash, p_case, p_party, p_now, p_slip);
  -- No reading: whoever does this is told no code.
  insert into person_access (access_id, person_id, case_id, party_id, reader_person_id, reader_post_id, reader_organization_id, purpose, fields, read_at)
    select p_access, case when person_id = v_submitter and v_submitter <> p_seer then person_id end, p_case, p_party, acting(), p_post, p_organization,
      p_purpose, '{codeVoid}', p_now
    from case_party where case_id = p_case and party_id = p_party;
  update case_party set person_id = null
    where case_id = p_case and party_id = p_party and (person_id <> v_submitter or person_id = p_seer);
  return true;
end $$;

do $$
declare f text := 'renew_seen_slip(uuid, uuid, uuid, uuid, bytea, uuid, text, uuid, uuid, timestamptz)';
begin
  execute format('alter function %s owner to tongxin_definer', f);
  execute format('revoke all on function %s from public', f);
  execute format('grant execute on function %s to tongxin_app', f);
end $$;

-- Who of some persons had an earlier dispute of a side in hand: asked of everybody who has the matter before them, also where they do not see that
-- other dispute, so that nobody appoints a mediator whom only the head would know to be entangled. Neither which dispute nor how it stands is told.
create function earlier_hands(p_case uuid, p_persons uuid[]) returns table (party_id uuid, person_id uuid) language sql stable security definer
  set search_path = public, pg_temp as $$
  select distinct mine.party_id, (o.state->>'handlerId')::uuid
  from cases c join dispute_side mine on mine.case_id = c.case_id
    join dispute_side other on other.case_id <> mine.case_id and other.name_index = mine.name_index
    join cases o on o.case_id = other.case_id
  where c.case_id = p_case and (o.state->>'handlerId')::uuid = any (p_persons)
    and sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id,
      c.receiving_organization_id, c.lead_organization_id, c.supporting_organization_ids, c.participant_ids, c.overlay_ids)
  limit 200 $$;
alter function earlier_hands(uuid, uuid[]) owner to tongxin_definer;
revoke all on function earlier_hands(uuid, uuid[]) from public;
grant execute on function earlier_hands(uuid, uuid[]) to tongxin_app;
grant select on dispute_side to tongxin_definer;

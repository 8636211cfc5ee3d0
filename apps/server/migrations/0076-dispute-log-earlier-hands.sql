-- Who of some persons had a hand in an earlier dispute of a side. Asked by who has the matter in hand or heads its body, never with a side's code, also
-- where they do not see that other dispute: neither which it is nor how it stands is told. A hand in it had whoever mediates or mediated it, also
-- beside somebody, and whoever stepped aside. A side is the same by its telephone; by its name where one of the two left none, which is said: a name
-- is borne by many. Of two telephones that differ nothing is said. The side reads in its log that this was asked: once a day of each who asks.
drop function earlier_hands(uuid, uuid[]);
create index dispute_side_phone on dispute_side (phone_index) where phone_index is not null;
grant select on person_access, dispute_choice, dispute_helper, dispute_helper_step, mediator to tongxin_definer;
create function earlier_hands(p_case uuid, p_persons uuid[], p_purpose text, p_post uuid, p_organization uuid, p_now timestamptz)
  returns table (party_id uuid, person_id uuid, sure boolean) language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if coalesce(cardinality(p_persons), 0) = 0 then return; end if;
  perform 1 from cases c where c.case_id = p_case and in_hand(c.state, c.participant_ids)
    and sees_case(c.case_id, c.confidential, c.city_id, c.district_id, c.town_id, c.community_id, c.grid_id,
      c.receiving_organization_id, c.lead_organization_id, c.supporting_organization_ids, c.participant_ids, c.overlay_ids);
  if not found then return; end if;
  insert into person_access (access_id, person_id, case_id, party_id, reader_person_id, reader_post_id, reader_organization_id, purpose, fields, read_at)
    select md5(concat_ws(':', 'earlier', p_case, p.party_id, acting(), (p_now at time zone 'Asia/Shanghai')::date))::uuid, p.person_id, p_case, p.party_id,
      acting(), p_post, p_organization, p_purpose, '{earlierDispute}', p_now
    from case_party p join dispute_side s on s.case_id = p.case_id and s.party_id = p.party_id
    where p.case_id = p_case and p.erased_at is null
    on conflict (access_id) do nothing;
  return query
    with alike as (
      select mine.party_id, other.case_id, coalesce(bool_or(mine.phone_index = other.phone_index), false) as sure
      from dispute_side mine
        join case_party m on m.case_id = mine.case_id and m.party_id = mine.party_id and m.erased_at is null
        join dispute_side other on other.case_id <> mine.case_id
          and (other.phone_index = mine.phone_index
            or other.name_index = mine.name_index and (other.phone_index is null or mine.phone_index is null))
        join case_party o on o.case_id = other.case_id and o.party_id = other.party_id and o.erased_at is null
      where mine.case_id = p_case group by 1, 2),
    hand as (
      select a.party_id, a.sure, h.person_id from alike a join cases c on c.case_id = a.case_id cross join lateral (
        select (c.state->>'handlerId')::uuid as person_id
        union all select jsonb_array_elements_text(coalesce(c.state->'besideIds', '[]'))::uuid
        union all select r.person_id from dispute_choice d join mediator r on r.mediator_id = d.mediator_id
          where d.case_id = a.case_id and d.step in ('appointed', 'steppedAside')
        union all select r.person_id from dispute_helper e join mediator r on r.mediator_id = e.mediator_id
          where e.case_id = a.case_id and exists (select 1 from dispute_helper_step s
            where s.case_id = e.case_id and s.helper_id = e.helper_id and s.step = 'joined')) h)
    select hand.party_id, hand.person_id, bool_or(hand.sure) from hand where hand.person_id = any (p_persons) group by 1, 2 limit 200;
end $$;
alter function earlier_hands(uuid, uuid[], text, uuid, uuid, timestamptz) owner to tongxin_definer;
revoke all on function earlier_hands(uuid, uuid[], text, uuid, uuid, timestamptz) from public;
grant execute on function earlier_hands(uuid, uuid[], text, uuid, uuid, timestamptz) to tongxin_app;

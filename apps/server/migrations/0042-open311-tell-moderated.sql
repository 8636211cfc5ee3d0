-- What an office looked over and shows to everybody stands on the open interface too: the words that were written for it, and a cell of some six hundred
-- metres; as long as it is shown and its area has a list. Of all others there is nothing more than before.
set local role tongxin_definer;
create or replace view open311_coarse as
  select c.case_id, c.number, c.category_id, c.category_version, c.ended_at is not null as closed,
    (c.reported_at at time zone 'Asia/Shanghai')::date::text as requested_on,
    (coalesce(c.ended_at, c.updated_at) at time zone 'Asia/Shanghai')::date::text as updated_on,
    array_remove(array[c.community_id, c.town_id, c.district_id, c.city_id], null) as area_ids, c.reported_at, m.words, m.cell
  from cases c left join lateral (
    select p.words, o.place_key >> 8 as cell from publication p join open_report o on o.case_id = p.case_id
      where p.case_id = c.case_id and p.state = 'shown' and o.listed) m on true
  where c.channel = 'open311' and not c.confidential and not c.reporter_protected and c.reported_at is not null;
reset role;

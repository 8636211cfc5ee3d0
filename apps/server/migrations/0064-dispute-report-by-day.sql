-- The monthly report counts what was accepted by its day, and each outcome by the day of its own: accepted on 28 October and settled on 5 November
-- stands in both months. Days come from the record: an agreement in writing by the day it is in force, an application to the court by its day, what was
-- written down together with the quarrel by the day it was mediated.
drop function dispute_report(uuid, date, date);
create function dispute_report(p_area uuid, p_from date, p_to date)
  returns table (organization_id uuid, kind text, accepted bigint, applied bigint, offered bigint, referred bigint, parties bigint, settled bigint, oral bigint,
    written bigint, performed bigint, broken bigint, unsettled bigint, confirmation bigint) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not may_manage('mediation.count', p_area, null) then raise exception 'not these figures' using errcode = '42501'; end if;
  return query
    with below as materialized (
      select d.* from dispute d join area a on a.area_id = d.area_id and p_area = any (a.path)
    ), steps as (
      select d.organization_id, d.kind, h.j->>'action' as action, case when h.j->>'to' <> h.j->>'from' then h.j->>'to' end as entered,
        coalesce((h.j->'input'->>'effectiveOn')::date, (h.j->'input'->>'appliedOn')::date,
          case when e.recorded_at = d.registered_at then d.mediated_on else (e.occurred_at at time zone 'Asia/Shanghai')::date end) as day
      from below d join events e using (case_id) cross join lateral (select e.header::jsonb->'header' as j) h
      where e.type = 'case.acted' and (e.occurred_at at time zone 'Asia/Shanghai')::date >= p_from
    ), counted as (
      select d.organization_id, d.kind, 'accepted' as what, d.origin, d.parties from below d where d.mediated_on >= p_from and d.mediated_on < p_to
      union all
      select s.organization_id, s.kind, w.what, null, 0 from steps s cross join lateral (values
        (case when s.action in ('settleAtOnce', 'settleByDay') then 'oral' when s.action like 'takeEffect%' then 'written' end),
        (case when s.entered in ('settled', 'broken') then s.entered when s.entered in ('unsettled', 'withdrawn', 'stopped') then 'unsettled' end),
        (case when s.action = 'applyForConfirmation' then 'confirmation' end)) w (what)
      where w.what is not null and s.day >= p_from and s.day < p_to
    )
    select c.organization_id, c.kind, count(*) filter (where c.what = 'accepted'), count(*) filter (where c.origin = 'applied'),
      count(*) filter (where c.origin = 'offered'), count(*) filter (where c.origin = 'referred'), sum(c.parties)::bigint,
      count(*) filter (where c.what in ('oral', 'written')), count(*) filter (where c.what = 'oral'), count(*) filter (where c.what = 'written'),
      count(*) filter (where c.what = 'settled'), count(*) filter (where c.what = 'broken'), count(*) filter (where c.what = 'unsettled'),
      count(*) filter (where c.what = 'confirmation')
    from counted c group by 1, 2 order by 1, 2;
end $$;
alter function dispute_report(uuid, date, date) owner to tongxin_definer;
revoke all on function dispute_report(uuid, date, date) from public;
grant execute on function dispute_report(uuid, date, date) to tongxin_app;
revoke select on dispute_signature, dispute_confirmation from tongxin_definer;

-- What belongs before an intermediate court is confirmed by it (民事诉讼法 (2023) 第二百零五条).
alter table dispute_confirmation drop constraint dispute_confirmation_ground_check;
alter table dispute_confirmation add constraint dispute_confirmation_ground_check
  check (ground in ('invited', 'home', 'subject', 'committee', 'intermediate'));

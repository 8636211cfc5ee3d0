-- The statutory monthly report to the justice station: sums of a committee by kind, exact, for whoever may count there; no case is seen by it.
create function dispute_report(p_area uuid, p_from date, p_to date)
  returns table (organization_id uuid, kind text, accepted bigint, applied bigint, offered bigint, referred bigint, parties bigint, settled bigint, oral bigint,
    written bigint, performed bigint, broken bigint, unsettled bigint, confirmation bigint) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not may_manage('mediation.count', p_area, null) then raise exception 'not these figures' using errcode = '42501'; end if;
  return query select d.organization_id, d.kind, count(*), count(*) filter (where d.origin = 'applied'), count(*) filter (where d.origin = 'offered'),
      count(*) filter (where d.origin = 'referred'), sum(d.parties)::bigint, count(*) filter (where x.agreed), count(*) filter (where x.agreed and not x.sealed),
      count(*) filter (where x.agreed and x.sealed), count(*) filter (where c.stage = 'settled'), count(*) filter (where c.stage = 'broken'),
      count(*) filter (where c.stage in ('unsettled', 'withdrawn', 'stopped')),
      count(*) filter (where exists (select 1 from dispute_confirmation f where f.case_id = d.case_id and f.applicants <> '{}'))
    from dispute d join cases c using (case_id) join area a on a.area_id = d.area_id and p_area = any (a.path)
      cross join lateral (select c.stage in ('settled', 'promised', 'effective', 'confirming', 'broken') as agreed,
        exists (select 1 from dispute_signature s where s.case_id = d.case_id and s.signer = 'seal') as sealed) x
    where d.mediated_on >= p_from and d.mediated_on < p_to group by 1, 2 order by 1, 2;
end $$;
alter function dispute_report(uuid, date, date) owner to tongxin_definer;
revoke all on function dispute_report(uuid, date, date) from public;
grant execute on function dispute_report(uuid, date, date) to tongxin_app;
grant select on dispute_signature, dispute_confirmation to tongxin_definer;

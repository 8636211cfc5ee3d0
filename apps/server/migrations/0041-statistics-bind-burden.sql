-- What departments asked is read of an area by whoever reads figures over it, and not by whoever reads figures anywhere.
set local role tongxin_definer;
create or replace function field_burden(p_area uuid, p_from date, p_to date, p_least integer)
  returns table (role text, department text, records bigint, fields bigint, seconds bigint, posts bigint, post_days bigint) language plpgsql stable security definer
  set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from posts_held(acting(), now()) h join area a on a.area_id = p_area
      where 'statistics.read' = any (h.capabilities) and h.area_id = any (a.path)) then raise exception 'not these figures' using errcode = '42501'; end if;
  return query
    with done as (
      select x.post_id, x.area_id, x.burden, (x.finished_at at time zone 'Asia/Shanghai')::date as day
        from (select post_id, area_id, burden, finished_at from visit where finished_at is not null and burden is not null
          union all select post_id, area_id, burden, finished_at from patrol where finished_at is not null and burden is not null) x
        where x.finished_at >= p_from::timestamp at time zone 'Asia/Shanghai' and x.finished_at < (p_to + 1)::timestamp at time zone 'Asia/Shanghai'),
      here as (select d.*, po.role as post_role from done d join area a on a.area_id = d.area_id and p_area = any (a.path) join post po on po.post_id = d.post_id),
      roles as (select h.post_role, count(distinct h.post_id) as posts, count(distinct (h.post_id, h.day)) as post_days from here h group by 1
        having count(distinct h.post_id) >= greatest(p_least, 2))
    select r.post_role, k.department, count(*), sum((k.effort->>'fields')::bigint)::bigint, sum((k.effort->>'seconds')::bigint)::bigint, r.posts, r.post_days
      from here h join roles r using (post_role)
      cross join lateral (select '' as department, h.burden->'once' as effort union all select e.key, e.value from jsonb_each(h.burden->'departments') e) k
      group by 1, 2, r.posts, r.post_days order by 1, 2;
end $$;
reset role;

-- Whoever is signed in finds on their own page what they follow. Known to nobody else: no grant reaches the column, and staff count rows as before.
alter table follower add column person_id uuid references person;
create index follower_person on follower (person_id, joined_at desc) where person_id is not null;
grant update (person_id) on follower to tongxin_definer;

create function acting_resident() returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select person_id from person where person_id = acting() and kind = 'resident' and erased_at is null $$;

drop function follow_report(uuid, uuid, bytea, timestamptz);
create function follow_report(p_case uuid, p_follower uuid, p_hash bytea, p_now timestamptz) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform assert_may_file();
  if exists (select 1 from follower f where f.case_id = p_case and f.follower_id = p_follower) then return true; end if;
  if not exists (select 1 from open_report o left join publication p on p.case_id = o.case_id and p.state = 'shown'
      where o.case_id = p_case and o.ended_at is null and (o.nearby or (o.listed and p.case_id is not null))) then return false; end if;
  insert into follower (case_id, follower_id, code_hash, joined_at, person_id) values (p_case, p_follower, p_hash, p_now, acting_resident())
    on conflict do nothing;
  return true;
end $$;

-- What was followed without an account is taken into it by its code: once, and from nobody. Answers kept, taken, or null for a code of nothing.
create function keep_following(p_hash bytea) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_me uuid := acting_resident();
  v follower%rowtype;
begin
  if v_me is null then raise exception 'not a resident' using errcode = '42501'; end if;
  select * into v from follower where code_hash = p_hash for update;
  if v.case_id is null then return null; end if;
  if coalesce(v.person_id, v_me) <> v_me then return 'taken'; end if;
  update follower set person_id = v_me where case_id = v.case_id and follower_id = v.follower_id;
  return 'kept';
end $$;

-- What the caller follows, as coarse as anybody is told of it.
create function own_followings() returns table (case_id uuid, follower_id uuid, joined_at timestamptz, category_id text, category_version integer,
  procedure_id text, procedure_version integer, stage text, ended boolean, area_ids uuid[])
language sql stable security definer set search_path = public, pg_temp as $$
  select f.case_id, f.follower_id, f.joined_at, c.category_id, c.category_version, c.procedure_id, c.procedure_version, c.stage, c.ended_at is not null,
    array_remove(array[c.community_id, c.town_id, c.district_id, c.city_id], null)
  from follower f join cases c on c.case_id = f.case_id
  where f.person_id = acting() order by f.joined_at desc, f.follower_id limit 200
$$;

-- Whoever is erased follows nothing any more.
create function forget_followings_of_person() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from follower where person_id = new.person_id;
  return null;
end $$;
create trigger person_followings after update of erased_at on person for each row when (new.erased_at is not null) execute function forget_followings_of_person();

do $$
declare f text;
begin
  foreach f in array array['acting_resident()', 'follow_report(uuid, uuid, bytea, timestamptz)', 'keep_following(bytea)', 'own_followings()',
    'forget_followings_of_person()'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function follow_report(uuid, uuid, bytea, timestamptz), keep_following(bytea), own_followings() to tongxin_app;

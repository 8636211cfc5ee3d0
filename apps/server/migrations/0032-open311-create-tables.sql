-- What a category asks beside the words of a report; versioned with it (domain/category Question).
alter table category add column questions jsonb not null default '[]' check (jsonb_typeof(questions) = 'array');

-- Keys of machine clients of the open interface: named, dated, taken back, with so many requests a day. The key itself is kept nowhere.
create table open311_key (
  key_id uuid primary key,
  name text not null check (length(name) between 1 and 80),
  -- The last letters, so that people know which it is.
  ending text not null,
  key_hash bytea not null unique,
  per_day integer not null check (per_day between 1 and 1000000),
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
-- Requests a key sent on a day in China; kept for a month. The key of the demo stands in no register.
create table open311_use (
  key_id uuid not null,
  day date not null,
  n integer not null,
  primary key (key_id, day)
);
do $$
declare t text;
begin
  foreach t in array array['open311_key', 'open311_use'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;
grant select on open311_key to tongxin_definer;
grant select, insert, update, delete on open311_use to tongxin_definer;
create index cases_open311 on cases (reported_at desc, case_id) where channel = 'open311';

-- Only the interface's own service post asks these: everybody else has the API, under a scope of their own.
create function assert_open311() returns void language plpgsql stable as $$
begin
  if not exists (select 1 from posts_held(acting(), now()) h where h.role = 'open311Service') then
    raise exception 'only for the open interface' using errcode = '42501';
  end if;
end $$;

-- Counts a request of a key against its day: no row for a key that opens nothing, `within` false when the day is used up. What is refused for
-- other reasons does not count.
create function use_open311_key(p_hash bytea, p_demo boolean, p_counts boolean, p_now timestamptz) returns table (key_id uuid, within boolean)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_key uuid := '00000000-0000-8000-8000-000000000311';
  v_per_day integer := 1000;
  v_day date := (p_now at time zone 'Asia/Shanghai')::date;
  v_n integer;
begin
  perform assert_open311();
  if not p_demo then
    select k.key_id, k.per_day into v_key, v_per_day from open311_key k
      where k.key_hash = p_hash and k.revoked_at is null and k.expires_at > p_now;
    if not found then return; end if;
  end if;
  if not p_counts then
    return query select v_key, true;
    return;
  end if;
  insert into open311_use as u values (v_key, v_day, 1)
    on conflict on constraint open311_use_pkey do update set n = u.n + 1 where u.n < v_per_day returning u.n into v_n;
  if v_n = 1 then delete from open311_use u where u.key_id = v_key and u.day < v_day - 31; end if;
  return query select v_key, v_n is not null;
end $$;

-- What is told of a request that nobody has looked over: its number, kind, state, days and areas. Not the place, the words or the hour, which
-- therefore cannot leave by a mistake in what presents it. Protected reporters and confidential procedures are not told of at all.
create view open311_coarse as
  select c.case_id, c.number, c.category_id, c.category_version, c.ended_at is not null as closed,
    (c.reported_at at time zone 'Asia/Shanghai')::date::text as requested_on,
    (coalesce(c.ended_at, c.updated_at) at time zone 'Asia/Shanghai')::date::text as updated_on,
    array_remove(array[c.community_id, c.town_id, c.district_id, c.city_id], null) as area_ids, c.reported_at
  from cases c where c.channel = 'open311' and not c.confidential and not c.reporter_protected and c.reported_at is not null;
alter view open311_coarse owner to tongxin_definer;

create function open311_by_number(p_numbers text[]) returns setof open311_coarse
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform assert_open311();
  return query select * from open311_coarse o where o.number = any (p_numbers) order by o.reported_at desc, o.case_id;
end $$;
-- Requests of the days from p_from up to p_to, the newest first.
create function open311_between(p_from date, p_to date, p_services text[], p_closed boolean, p_limit integer, p_offset integer)
  returns setof open311_coarse language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform assert_open311();
  return query select * from open311_coarse o
    where o.reported_at >= p_from::timestamp at time zone 'Asia/Shanghai' and o.reported_at < (p_to + 1)::timestamp at time zone 'Asia/Shanghai'
      and (p_services is null or o.category_id = any (p_services)) and (p_closed is null or o.closed = p_closed)
    order by o.reported_at desc, o.case_id limit p_limit offset p_offset;
end $$;
-- The number of a case of this interface, for whoever knows its id: whose request was filed under it.
create function open311_number(p_case uuid) returns text language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  perform assert_open311();
  return (select c.number from cases c where c.case_id = p_case and c.channel = 'open311');
end $$;
do $$
declare f text;
begin
  foreach f in array array['assert_open311()', 'use_open311_key(bytea, boolean, boolean, timestamptz)', 'open311_by_number(text[])',
    'open311_between(date, date, text[], boolean, integer, integer)', 'open311_number(uuid)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;

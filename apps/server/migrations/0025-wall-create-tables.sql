-- Steps of a day by the hour, for areas above grids; kept for the weeks that make what is usual.
create table wall_flow (
  area_id uuid not null,
  day date not null,
  hour smallint not null check (hour between 0 and 23),
  step text not null check (step in ('received', 'dispatched', 'resolved', 'closed', 'satisfied', 'basicallySatisfied', 'dissatisfied')),
  n integer not null,
  primary key (area_id, day, hour, step)
);
create index wall_flow_day on wall_flow (day);
-- Cases that are open now, with what a wall counts them by. As narrow as that.
create table wall_open (
  case_id uuid primary key,
  area_ids uuid[] not null,
  light text not null check (light in ('onTime', 'dueSoon', 'overdue', 'other')),
  organization_id uuid,
  since timestamptz not null
);
create index wall_open_area on wall_open using gin (area_ids);

-- A screen in a hall: a service post of its own, let in by a token of which only the hash is kept, until it runs out or is revoked.
create table wall_display (
  display_id uuid primary key,
  person_id uuid not null references person,
  area_id uuid not null references area,
  name text not null check (length(name) between 1 and 60),
  made_by uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_by uuid,
  revoked_at timestamptz
);
create index wall_display_area on wall_display (area_id);

do $$
declare t text;
begin
  foreach t in array array['wall_flow', 'wall_open', 'wall_display'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
    execute format('grant select on %I to tongxin_definer', t);
  end loop;
  foreach t in array array['wall_flow', 'wall_open'] loop
    execute format('create policy %I on %I to tongxin_feed using (true) with check (true)', t || '_feed', t);
    execute format('grant select, insert, update, delete on %I to tongxin_feed', t);
  end loop;
end $$;
create policy wall_display_area on wall_display for select to tongxin_app using (sees_area(area_id));
grant select on wall_display to tongxin_app;
grant insert, update on wall_display to tongxin_definer;
grant insert on person, post, post_holding to tongxin_definer;
grant insert, delete on service_session to tongxin_definer;

-- Whether the caller holds a capability over an area today: of the area itself or of one above it.
create function holds_over(p_capability text, p_area uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from posts_held(nullif(current_setting('tongxin.actor', true), '')::uuid, now()) h
    join area a on a.area_id = p_area where h.area_id = any (a.path) and p_capability = any (h.capabilities)) $$;

-- Figures are sums: who may show a wall reads them here and nothing of the cases behind them.
create function wall_flow_of(p_area uuid, p_from date) returns table (day text, hour smallint, step text, n integer)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not holds_over('wall.show', p_area) then raise exception 'may not show' using errcode = '42501'; end if;
  return query select f.day::text, f.hour, f.step, f.n from wall_flow f where f.area_id = p_area and f.day >= p_from;
end $$;
create function wall_filed_of(p_area uuid, p_from date) returns table (day text, category_id text, n bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not holds_over('wall.show', p_area) then raise exception 'may not show' using errcode = '42501'; end if;
  return query select c.day::text, c.category_id, sum(c.n)::bigint from case_count c
    where c.measure = 'filed' and c.area_id = p_area and c.day >= p_from group by 1, 2;
end $$;
create function wall_open_of(p_area uuid) returns table (light text, organization_id uuid, n integer, oldest timestamptz)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not holds_over('wall.show', p_area) then raise exception 'may not show' using errcode = '42501'; end if;
  return query select o.light, o.organization_id, count(*)::integer, min(o.since) from wall_open o
    where o.area_ids @> array[p_area] group by 1, 2;
end $$;
create function wall_places_of(p_area uuid) returns table (area_id uuid, n integer, overdue integer)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not holds_over('wall.show', p_area) then raise exception 'may not show' using errcode = '42501'; end if;
  return query select a.area_id, count(o.case_id)::integer, (count(o.case_id) filter (where o.light = 'overdue'))::integer
    from area a left join (select w.case_id, w.light, unnest(w.area_ids) as area_id from wall_open w where w.area_ids @> array[p_area]) o
      on o.area_id = a.area_id
    where a.parent_id = p_area and a.valid_to is null and a.kind <> 'dedicatedGrid' group by 1;
end $$;

-- How far consumers of the feed are: the place of the slowest, what is behind it, what waits for a place, and until when all is counted.
create function feed_standing(p_consumers text[]) returns table (pos bigint, behind bigint, waiting bigint, counted_to timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  with slowest as (select min(coalesce(c.position, 0)) as pos from unnest(p_consumers) as name left join feed_cursor c on c.consumer = name),
    pending as (select count(*) as n from (select 1 from feed_pending limit 100000) p)
  select s.pos, h.position - s.pos, p.n,
    case when h.position > s.pos then (select f.sequenced_at from feed f where f.position = s.pos + 1)
         when p.n > 0 then (select f.sequenced_at from feed f where f.position = h.position) end
  from slowest s, feed_head h, pending p $$;

-- Makes a display: a person without a name, a post in the body of the platform's services, the hash of its token. Asked again, it is there.
-- False where the id is used for something else.
create function make_display(p_display uuid, p_organization uuid, p_area uuid, p_name text, p_token_hash bytea, p_days integer, p_now timestamptz)
  returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_actor uuid := nullif(current_setting('tongxin.actor', true), '')::uuid;
  v_person uuid := gen_random_uuid();
  v_post uuid := gen_random_uuid();
  v_today date := (now() at time zone 'Asia/Shanghai')::date;
begin
  if not holds_over('wall.manage', p_area) then raise exception 'may not manage' using errcode = '42501'; end if;
  perform pg_advisory_xact_lock(hashtextextended(p_display::text, 0));
  if exists (select 1 from wall_display d where d.display_id = p_display) then
    return exists (select 1 from wall_display d where d.display_id = p_display and d.area_id = p_area and d.name = p_name and d.revoked_at is null);
  end if;
  insert into person (person_id, kind) values (v_person, 'service');
  insert into wall_display (display_id, person_id, area_id, name, made_by, made_at, expires_at)
    values (p_display, v_person, p_area, p_name, v_actor, p_now, now() + make_interval(days => p_days));
  insert into post (post_id, organization_id, area_id, role, title, valid_from)
    values (v_post, p_organization, p_area, 'wallDisplay', jsonb_build_object('zh', p_name), v_today);
  insert into post_holding (holding_id, post_id, person_id, valid_from) values (gen_random_uuid(), v_post, v_person, v_today);
  insert into service_session (token_hash, person_id, expires_at, note)
    values (p_token_hash, v_person, now() + make_interval(days => p_days), 'display: ' || p_display);
  return true;
end $$;

-- Ends a display for good; null where the caller sees none.
create function revoke_display(p_display uuid, p_now timestamptz) returns timestamptz language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  v_display wall_display%rowtype;
begin
  select * into v_display from wall_display where display_id = p_display for update;
  if v_display.display_id is null or not holds_over('wall.manage', v_display.area_id) then return null; end if;
  delete from service_session where person_id = v_display.person_id;
  update wall_display set revoked_at = coalesce(revoked_at, p_now),
    revoked_by = coalesce(revoked_by, nullif(current_setting('tongxin.actor', true), '')::uuid) where display_id = p_display;
  return coalesce(v_display.revoked_at, p_now);
end $$;

do $$
declare f text;
begin
  foreach f in array array['holds_over(text, uuid)', 'wall_flow_of(uuid, date)', 'wall_filed_of(uuid, date)', 'wall_open_of(uuid)',
    'wall_places_of(uuid)', 'feed_standing(text[])', 'make_display(uuid, uuid, uuid, text, bytea, integer, timestamptz)',
    'revoke_display(uuid, timestamptz)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;

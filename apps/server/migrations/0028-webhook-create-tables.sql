-- Where other systems want to hear of changes: of the cases of a body, or of everything in an area that is not confidential.
create table webhook (
  webhook_id uuid primary key,
  organization_id uuid not null references organization,
  -- Null: only cases the body received, leads or supports.
  area_id uuid references area,
  url text not null,
  events text[] not null,
  secret_sealed bytea not null,
  -- [{sealed, until}]: secrets that were replaced and still sign beside the new one.
  old_secrets jsonb not null default '[]',
  status text not null default 'on' check (status in ('on', 'off', 'failed')),
  failing_since timestamptz,
  created_by uuid not null references person,
  created_at timestamptz not null
);
create index webhook_body on webhook (organization_id);
create table webhook_delivery (
  delivery_id uuid primary key,
  webhook_id uuid not null references webhook on delete cascade,
  kind text not null,
  case_id uuid,
  -- What is sent: codes and ids.
  payload jsonb not null,
  status text not null default 'waiting' check (status in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  last_status integer,
  -- Code of what went wrong the last time.
  last_problem text,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index webhook_delivery_latest on webhook_delivery (webhook_id, created_at desc, delivery_id);
create index webhook_delivery_day on webhook_delivery (created_at);

do $$
declare t text;
begin
  foreach t in array array['webhook', 'webhook_delivery'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;
create policy webhook_area on webhook to tongxin_app using (exists (select 1 from organization o where o.organization_id = webhook.organization_id
  and holds_over('exchange.manage', o.area_id)));
create policy webhook_feed on webhook for select to tongxin_feed using (true);
create policy delivery_of on webhook_delivery to tongxin_app using (exists (select 1 from webhook w where w.webhook_id = webhook_delivery.webhook_id));
create policy delivery_feed on webhook_delivery to tongxin_feed using (true) with check (true);
grant select, insert, update, delete on webhook to tongxin_app;
grant select, insert on webhook_delivery to tongxin_app;
grant select on webhook to tongxin_feed;
grant select, insert on webhook_delivery to tongxin_feed;
grant select on webhook_delivery to tongxin_definer;

-- Queues a delivery that this transaction wrote; the queue tries it again with growing pauses.
create function queue_delivery(p_delivery uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from webhook_delivery where delivery_id = p_delivery and status = 'waiting') then return; end if;
  perform graphile_worker.add_job('webhook', json_build_object('deliveryId', p_delivery), job_key => 'webhook:' || p_delivery, max_attempts => 25);
end $$;
alter function queue_delivery(uuid) owner to tongxin_definer;
revoke all on function queue_delivery(uuid) from public;
grant execute on function queue_delivery(uuid) to tongxin_app, tongxin_feed;

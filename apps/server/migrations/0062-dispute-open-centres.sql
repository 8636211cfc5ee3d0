-- What a centre tells everybody of itself (地址、时间、受理范围): the office's telephone, never a person's. Written by who heads it.
create table dispute_centre (
  organization_id uuid primary key references organization,
  address text not null,
  telephone text,
  hours text not null,
  kinds text[] not null default '{}'
);
-- How long people waited there, in working days: the middle one of ninety days that are over, told once and never again. No count stands here; null:
-- too few to tell.
create table dispute_waiting (
  until date not null,
  organization_id uuid not null references organization,
  taken_up integer,
  met integer,
  released_at timestamptz not null,
  primary key (until, organization_id)
);

do $$
declare t text;
begin
  foreach t in array array['dispute_centre', 'dispute_waiting'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;
create policy centre_read on dispute_centre for select to tongxin_app using (true);
create policy centre_add on dispute_centre for insert to tongxin_app with check (may_manage('mediator.manage', null, organization_id));
create policy centre_change on dispute_centre for update to tongxin_app using (may_manage('mediator.manage', null, organization_id))
  with check (may_manage('mediator.manage', null, organization_id));
grant select, insert on dispute_centre to tongxin_app;
grant update (address, telephone, hours, kinds) on dispute_centre to tongxin_app;
create policy waiting_read on dispute_waiting for select to tongxin_app using (true);
grant select on dispute_waiting to tongxin_app;

-- A notice waits where its person wants quiet or a digest. It is there from the beginning, so that nothing is lost; it is told once.
alter table notice add column urgent boolean not null default false;
-- When it is to be told, as long as it was not.
alter table notice add column tell_at timestamptz;
alter table notice add column told_at timestamptz;
-- The digest that stands for it in the list.
alter table notice add column digest_id uuid;
-- The owner is under the policies as well: they are lifted while it fills the column.
alter table notice no force row level security;
update notice set told_at = created_at;
alter table notice force row level security;
alter table notice add constraint notice_told_or_waiting check ((tell_at is null) <> (told_at is null));
drop index notice_unread;
create index notice_told on notice (person_id, told_at desc, notice_id) where told_at is not null and digest_id is null;
create index notice_digested on notice (person_id, digest_id) where digest_id is not null;
create index notice_waiting on notice (tell_at, person_id) where told_at is null;
grant update (read_at, tell_at) on notice to tongxin_app;

create table notice_setting (
  person_id uuid primary key references person,
  muted text[] not null,
  -- Minutes from midnight in Shanghai; both or neither.
  quiet_from smallint check (quiet_from between 0 and 1439),
  quiet_to smallint check (quiet_to between 0 and 1439),
  urgent_passes boolean not null,
  digest text not null check (digest in ('off', 'hourly', 'daily', 'shift')),
  digest_at smallint not null check (digest_at between 0 and 1439),
  changed_at timestamptz not null,
  check ((quiet_from is null) = (quiet_to is null)),
  check (quiet_from <> quiet_to)
);
alter table notice_setting enable row level security;
alter table notice_setting force row level security;
create policy notice_setting_own on notice_setting to tongxin_app using (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid)
  with check (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid);
create policy notice_setting_feed on notice_setting for select to tongxin_feed using (true);
grant select, insert, update on notice_setting to tongxin_app;
grant select on notice_setting to tongxin_feed;
grant select, insert, update, delete on notice_setting to tongxin_maintenance;

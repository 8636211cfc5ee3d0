-- Pieces of an upload that a bad network brings one by one: the phone asks how much has come and sends the rest. Let go after three days.
create table upload_part (
  -- Made by the client; nobody lists them, and each caller sees only their own.
  upload_id uuid not null,
  at_byte integer not null check (at_byte >= 0),
  bytes integer not null check (bytes > 0),
  address text not null,
  uploader_id uuid not null,
  stored_at timestamptz not null,
  primary key (uploader_id, upload_id, at_byte)
);
create index upload_part_age on upload_part (stored_at);

alter table upload_part enable row level security;
alter table upload_part force row level security;
create policy upload_part_own on upload_part to tongxin_app
  using (uploader_id = nullif(current_setting('tongxin.actor', true), '')::uuid)
  with check (uploader_id = nullif(current_setting('tongxin.actor', true), '')::uuid);
grant select, insert on upload_part to tongxin_app;
grant select, insert, update, delete on upload_part to tongxin_maintenance;

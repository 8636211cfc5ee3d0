-- Lists that somebody named for themselves: a filter and columns. Nobody else reads them.
create table saved_view (
  person_id uuid not null,
  view_id uuid not null,
  name text not null,
  filter jsonb not null,
  columns text[] not null,
  saved_at timestamptz not null,
  primary key (person_id, view_id)
);
alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy saved_view_own on saved_view to tongxin_app using (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid)
  with check (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid);
grant select, insert, update, delete on saved_view to tongxin_app, tongxin_maintenance;

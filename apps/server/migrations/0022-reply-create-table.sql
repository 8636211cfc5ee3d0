-- Words an office writes often, by office. They name nobody: what is particular is filled in from the case.
create table reply_template (
  template_id uuid primary key,
  organization_id uuid not null references organization,
  title text not null,
  text text not null,
  -- Empty: for every category.
  category_ids text[] not null,
  version integer not null,
  updated_by uuid not null,
  updated_at timestamptz not null,
  retired_at timestamptz
);
create index reply_template_organization on reply_template (organization_id, title);
alter table reply_template enable row level security;
alter table reply_template force row level security;
create policy reply_template_scope on reply_template to tongxin_app using (organization_id = any (scope_ids('organizations')))
  with check (organization_id = any (scope_ids('organizations')));
create policy reply_template_maintenance on reply_template to tongxin_maintenance using (true) with check (true);
grant select, insert on reply_template to tongxin_app;
grant update (title, text, category_ids, version, updated_by, updated_at, retired_at) on reply_template to tongxin_app;
grant select, insert, update, delete on reply_template to tongxin_maintenance;

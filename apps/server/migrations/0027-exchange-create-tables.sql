-- A table somebody brought, until it is imported or its day is over. The bytes lie sealed among the files.
create table upload (
  upload_id uuid primary key,
  person_id uuid not null references person,
  name_sealed bytea not null,
  bytes integer not null,
  digest bytea not null,
  header jsonb not null,
  uploaded_at timestamptz not null
);
create index upload_day on upload (uploaded_at);

-- How a body reads tables with a certain header: the form of packs/maps. The latest reading stands.
create table column_map (
  organization_id uuid not null references organization,
  header_digest bytea not null,
  map jsonb not null,
  saved_at timestamptz not null,
  primary key (organization_id, header_digest)
);

-- Forms of the superior, as workbooks to fill. A new file or reading is a new version; the sealed file lies among the files.
create table report_template (
  template_id uuid not null,
  version integer not null,
  organization_id uuid not null references organization,
  name text not null,
  -- Where what goes (domain/exchange TemplateMap); null until somebody has said it.
  map jsonb,
  file_bytes integer not null,
  file_digest bytea not null,
  -- The version whose file this one uses.
  file_version integer not null,
  saved_by uuid not null references person,
  saved_at timestamptz not null,
  retired_at timestamptz,
  primary key (template_id, version)
);
create index report_template_body on report_template (organization_id);

do $$
declare t text;
begin
  foreach t in array array['upload', 'column_map', 'report_template'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;
create policy upload_own on upload to tongxin_app using (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid);
create policy column_map_body on column_map to tongxin_app using (organization_id = any (scope_ids('organizations')));
create policy report_template_body on report_template to tongxin_app using (organization_id = any (scope_ids('organizations')));
grant select, insert, delete on upload to tongxin_app;
grant select, insert, update on column_map to tongxin_app;
grant select, insert on report_template to tongxin_app;
grant update (retired_at) on report_template to tongxin_app;

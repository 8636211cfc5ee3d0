create table organization (
  organization_id uuid primary key,
  kind text not null check (kind in ('party', 'government', 'department', 'centre', 'hotline', 'police', 'court', 'justice', 'committee',
    'ownersCommittee', 'property', 'utility', 'enterprise', 'socialOrganization', 'gridTeam', 'service')),
  name jsonb not null,
  area_id uuid not null references area,
  parent_id uuid references organization,
  -- Unified social credit code of a body; never of a person.
  credit_code text unique,
  business_hours jsonb,
  synthetic boolean not null default false,
  valid_from date not null,
  valid_to date
);
create index organization_area on organization (area_id);

-- What posts of a role may do and how far they see. Loaded from domain/post/policy.ts at start; a reference table for row-level security.
create table post_role (
  role text primary key,
  sees text not null check (sees in ('area', 'organization', 'own', 'none')),
  capabilities text[] not null
);

create table post (
  post_id uuid primary key,
  organization_id uuid not null references organization,
  area_id uuid not null references area,
  role text not null references post_role,
  title jsonb not null,
  -- 1 first, 2 second, 3 third responsible person of the organization.
  responsibility smallint check (responsibility between 1 and 3),
  valid_from date not null,
  valid_to date
);
create index post_organization on post (organization_id);
create index post_area on post (area_id);

-- Names and contacts are encrypted; telephone look-up is by blind index only and there is no way from a telephone to a list of cases.
create table person (
  person_id uuid primary key,
  kind text not null check (kind in ('staff', 'resident', 'service')),
  auth_user_id text unique,
  name_sealed bytea,
  phone_sealed bytea,
  phone_index bytea,
  language text not null default 'zh' check (language in ('zh', 'en')),
  erased_at timestamptz
);
create unique index person_phone on person (phone_index) where phone_index is not null;

create table post_holding (
  holding_id uuid primary key,
  post_id uuid not null references post,
  person_id uuid not null references person,
  valid_from date not null,
  valid_to date,
  -- Over an expression, so that no look-up by post or person is ever planned over this index: it reads eighty pages where a B-tree reads two.
  exclude using gist ((post_id::text || person_id::text) with =, daterange(valid_from, valid_to) with &&)
);
create index post_holding_person on post_holding (person_id);
create index post_holding_post on post_holding (post_id);

-- Services act under service posts: the portal, the hotline line, imports, the clock. The token is stored as SHA-256.
create table service_session (
  token_hash bytea primary key,
  person_id uuid not null references person,
  expires_at timestamptz not null,
  note text not null
);

-- Who is on duty when: nights and holidays. Several may be on duty at once.
create table roster_shift (
  shift_id uuid primary key,
  organization_id uuid not null references organization,
  post_id uuid not null references post,
  person_id uuid references person,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  kind text not null check (kind in ('day', 'night', 'holiday'))
);
create index roster_shift_time on roster_shift (organization_id, starts_at, ends_at);

create table duty_list (
  duty_list_id uuid primary key,
  kind text not null check (kind in ('townBasic', 'townAssist', 'recovered', 'rights', 'admission', 'agentService', 'selfGovernance', 'assistance', 'negative', 'dispatchCatalogue')),
  title jsonb not null,
  area_id uuid not null references area,
  source text not null,
  valid_from date not null,
  valid_to date
);
create table duty_item (
  duty_item_id uuid primary key,
  duty_list_id uuid not null references duty_list,
  clause text not null,
  title jsonb not null,
  category_id text,
  organization_id uuid references organization,
  unique (duty_list_id, clause)
);
create index duty_item_category on duty_item (category_id);
create index duty_item_organization on duty_item (organization_id);

-- Categories are versioned; a running case pins the version it was filed under.
create table category (
  category_id text not null,
  version integer not null,
  scheme text not null,
  parent_id text,
  name jsonb not null,
  grade text check (grade in ('A', 'B', 'C', 'D', 'E', 'Q')),
  limit_amount integer,
  limit_unit text check (limit_unit in ('hour', 'workingHour', 'workingDay', 'day', 'month')),
  -- Emergency numbers to show before anything is typed.
  danger text[],
  valid_from date not null,
  valid_to date,
  primary key (category_id, version)
);

-- A year is known only when its notice was loaded.
create table calendar_year (
  year integer primary key check (year between 1990 and 2100),
  version text not null,
  source text not null,
  loaded_at timestamptz not null
);
create table calendar_exception (
  day date primary key,
  kind text not null check (kind in ('work', 'off')),
  reason text not null
);

-- Published procedures, resolved (a variant is stored whole beside what it extends). A version never changes once published.
create table procedure_version (
  procedure_id text not null,
  version integer not null,
  area_id uuid references area,
  definition jsonb not null,
  digest bytea not null,
  published_at timestamptz not null,
  published_by uuid,
  primary key (procedure_id, version)
);

-- Packs that were loaded, and how many of their synthetic cases.
create table pack_load (
  pack text primary key,
  seed text not null,
  cases integer not null,
  loaded_at timestamptz not null
);

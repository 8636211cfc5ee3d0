-- case_id leads the key of every case-side table, so that Citus can place them together.
create table cases (
  case_id uuid primary key,
  version integer not null,
  procedure_id text not null,
  procedure_version integer not null,
  stage text not null,
  -- Whole state as the rules see it (domain CaseState); the columns beside it are for lists, policies and indexes.
  state jsonb not null,
  number text not null,
  source_system text,
  source_number text,
  -- Department as another system named it, where it is no organization here. Never a person.
  source_department text,
  channel text not null,
  demand_kind text,
  category_id text,
  category_version integer,
  -- Masked and short; cleared by erasure.
  title text,
  confidential boolean not null default false,
  reporter_protected boolean not null default false,
  call_back_wanted boolean not null default true,
  city_id uuid,
  district_id uuid,
  town_id uuid,
  community_id uuid,
  grid_id uuid,
  overlay_ids uuid[] not null default '{}',
  lon double precision,
  lat double precision,
  receiving_organization_id uuid,
  lead_organization_id uuid,
  supporting_organization_ids uuid[] not null default '{}',
  respondent_organization_id uuid,
  handler_id uuid,
  -- Everybody who sees the case by being part of it: reporters, respondents, parties, named posts' persons.
  participant_ids uuid[] not null default '{}',
  main_case_id uuid,
  overall_due_at timestamptz,
  handling_due_at timestamptz,
  due_provisional boolean not null default false,
  overdue boolean not null default false,
  -- The overall limit no longer counts down: lists tell how late without opening the state.
  overall_stopped boolean not null default false,
  -- As of the last event, reminders included; screens compute the exact one.
  light text not null default 'none',
  imported boolean not null default false,
  submitter_id uuid not null,
  payload_digest bytea not null,
  event_count integer not null,
  head_hash bytea not null,
  reported_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ended_at timestamptz
);
create index cases_city on cases (city_id, updated_at desc, case_id);
create index cases_district on cases (district_id, updated_at desc, case_id) where district_id is not null;
create index cases_town on cases (town_id, updated_at desc, case_id);
create index cases_community on cases (community_id, updated_at desc, case_id);
create index cases_grid on cases (grid_id, updated_at desc, case_id);
create index cases_lead on cases (lead_organization_id, updated_at desc, case_id);
create index cases_receiving on cases (receiving_organization_id, updated_at desc, case_id);
create index cases_handler on cases (handler_id, updated_at desc, case_id) where handler_id is not null;
create index cases_supporting on cases using gin (supporting_organization_ids) where supporting_organization_ids <> '{}';
-- Who was late, by area, the longest ago first.
create index cases_late_city on cases (city_id, overall_due_at, case_id) where overdue;
create index cases_late_town on cases (town_id, overall_due_at, case_id) where overdue;
create index cases_participant on cases using gin (participant_ids);
create index cases_number on cases (number);
create index cases_source on cases (source_number) where source_number is not null;
create index cases_main on cases (main_case_id) where main_case_id is not null;

-- Append-only and hash-chained per case. The header holds codes and opaque ids only.
create table events (
  case_id uuid not null,
  event_no integer not null check (event_no > 0),
  type text not null,
  schema_version smallint not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  -- Canonical JSON exactly as hashed.
  header text not null,
  content_hash bytea,
  prev_hash bytea not null,
  hash bytea not null,
  -- The client's key of the command that made it, and the digest of what was asked: the same again gets the same answer.
  command_id uuid,
  command_digest bytea,
  primary key (case_id, event_no),
  unique (case_id, command_id)
);

-- Words, encrypted. Erasing removes the row's salt and words and leaves the chain valid.
create table event_content (
  case_id uuid not null,
  event_no integer not null,
  salt bytea not null,
  sealed bytea not null,
  primary key (case_id, event_no)
);

create table clock (
  case_id uuid not null,
  clock text not null,
  status text not null check (status in ('running', 'paused', 'stopped')),
  due_at timestamptz,
  provisional boolean not null,
  calendar_version text not null,
  -- The next instant at which the ladder has something to say.
  next_at timestamptz,
  primary key (case_id, clock)
);
create index clock_next on clock (next_at) where next_at is not null;
-- Due times to compute again: those that rest on an unknown year, and those that reach a day which a later notice changed.
create index clock_unsettled on clock (calendar_version) where (provisional or calendar_version = 'amended') and status <> 'stopped';

-- People and bodies of a case. Names and contacts are sealed; a read of them names a purpose and is logged.
create table case_party (
  case_id uuid not null,
  party_id uuid not null,
  role text not null check (role in ('reporter', 'behalfOf', 'respondent', 'party')),
  person_id uuid,
  organization_id uuid,
  protected boolean not null default false,
  name_sealed bytea,
  phone_sealed bytea,
  phone_index bytea,
  address_sealed bytea,
  joined_at timestamptz not null,
  erased_at timestamptz,
  primary key (case_id, party_id)
);

-- Query codes: the hash of an unguessable code leads to one case and one party.
create table receipt (
  code_hash bytea primary key,
  case_id uuid not null,
  party_id uuid not null,
  issued_at timestamptz not null,
  expires_at timestamptz
);
create index receipt_case on receipt (case_id);

create table task (
  case_id uuid not null,
  task_id uuid not null,
  organization_id uuid not null,
  status text not null check (status in ('open', 'acknowledged', 'done', 'returned', 'cancelled')),
  due_at timestamptz,
  updated_at timestamptz not null,
  primary key (case_id, task_id)
);
create index task_organization on task (organization_id, status, updated_at desc);

create table case_link (
  case_id uuid not null,
  other_case_id uuid not null,
  kind text not null check (kind in ('sameText', 'merged', 'split', 'repeat', 'related')),
  linked_at timestamptz not null,
  primary key (case_id, other_case_id, kind)
);

-- Attachments: bytes live in the file store, sealed and addressed by a keyed hash per case.
create table file (
  case_id uuid not null,
  file_id uuid not null,
  kind text not null check (kind in ('photo', 'document', 'sound')),
  media_type text not null,
  bytes integer not null,
  address text not null,
  name_sealed bytea,
  uploader_id uuid,
  -- Kept on purpose only (evidence pictures); otherwise removed from the picture before storing.
  taken_place jsonb,
  seen_by text[] not null default '{}',
  stored_at timestamptz not null,
  erased_at timestamptz,
  primary key (case_id, file_id)
);

-- Uploaded before the case is filed; attached by the filing, or swept after a day.
create table file_pending (
  case_id uuid not null,
  file_id uuid not null,
  kind text not null check (kind in ('photo', 'document', 'sound')),
  media_type text not null,
  bytes integer not null,
  address text not null,
  name_sealed bytea,
  uploader_id uuid not null,
  taken_place jsonb,
  stored_at timestamptz not null,
  primary key (case_id, file_id)
);
create index file_pending_age on file_pending (stored_at);

-- Each reading of a person's data: by which post, of which organization, why, when. Shown to that person.
create table person_access (
  access_id uuid primary key,
  person_id uuid,
  case_id uuid,
  party_id uuid,
  reader_person_id uuid not null,
  reader_post_id uuid,
  reader_organization_id uuid,
  purpose text not null,
  fields text[] not null,
  read_at timestamptz not null
);
create index person_access_person on person_access (person_id, read_at desc);
create index person_access_party on person_access (case_id, party_id, read_at desc);

-- Same source number twice is a duplicate; the digest tells a repeated row from a changed one.
create table source_key (
  source_system text not null,
  source_number text not null,
  case_id uuid not null,
  digest bytea not null,
  primary key (source_system, source_number)
);
create table text_digest (
  digest bytea not null,
  case_id uuid not null,
  primary key (digest, case_id)
);

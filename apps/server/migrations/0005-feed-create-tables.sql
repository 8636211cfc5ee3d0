-- Committed events waiting for a place. Written in the same statement as the event; the row lock on the case keeps a case's order.
create table feed_pending (
  pending_id bigint generated always as identity primary key,
  case_id uuid not null,
  event_no integer not null
);
-- The one order everything downstream follows: contiguous positions, given by one sequencer.
create table feed (
  position bigint primary key,
  case_id uuid not null,
  event_no integer not null,
  sequenced_at timestamptz not null
);
create unique index feed_event on feed (case_id, event_no);
create table feed_head ("only" boolean primary key default true check ("only"), position bigint not null);
insert into feed_head values (true, 0);
create table feed_cursor (
  consumer text primary key,
  position bigint not null,
  moved_at timestamptz not null
);

create table search_document (
  case_id uuid primary key,
  -- Segmented, masked words of the case; erasable.
  words tsvector not null,
  masked text not null,
  updated_at timestamptz not null
);
create index search_document_words on search_document using gin (words);
create index search_document_trgm on search_document using gin (masked gin_trgm_ops);

create table notice (
  person_id uuid not null,
  notice_id uuid not null,
  case_id uuid,
  kind text not null,
  params jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (person_id, notice_id)
);
create index notice_unread on notice (person_id, created_at desc);

-- Rollups: open and flow counts by area level x stage x category x day. 'flow' counts entries into a stage on a day; 'standing' counts cases now.
create table case_count (
  measure text not null check (measure in ('filed', 'entered', 'standing', 'overdue')),
  area_id uuid not null,
  procedure_id text not null,
  stage text not null,
  category_id text not null,
  day date not null,
  n bigint not null,
  primary key (measure, area_id, procedure_id, stage, category_id, day)
);
-- What the rollup last counted for a case, so that a repeated event changes nothing.
create table case_counted (
  case_id uuid primary key,
  event_no integer not null,
  area_ids uuid[] not null,
  procedure_id text not null,
  stage text not null,
  category_id text not null,
  overdue boolean not null
);
-- Hours from filing to end, by area and category, as counts per bucket.
create table duration_count (
  area_id uuid not null,
  procedure_id text not null,
  category_id text not null,
  day date not null,
  bucket smallint not null,
  n bigint not null,
  primary key (area_id, procedure_id, category_id, day, bucket)
);

-- Signed checkpoints over all heads; each covers the cases that changed since the one before and names it.
create table checkpoint (
  checkpoint_no integer primary key,
  feed_position bigint not null,
  made_at timestamptz not null,
  leaves integer not null,
  root bytea not null,
  previous bytea not null,
  signature bytea not null,
  key_id text not null
);
create table checkpoint_leaf (
  checkpoint_no integer not null,
  case_id uuid not null,
  event_count integer not null,
  head_hash bytea not null,
  primary key (case_id, checkpoint_no)
);

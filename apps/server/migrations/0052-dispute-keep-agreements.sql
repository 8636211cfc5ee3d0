-- What sides offer each other, the agreement as it is written, who signed it, what was performed, and the joint application to the court. Words
-- are sealed and may be erased; digests and days stay. All of it is seen with its case, by the people of the case alone (docs/decisions/0015).
create table dispute_offer (
  case_id uuid not null,
  offer_id uuid not null,
  by_party uuid not null,
  answers_to uuid,
  terms_sealed bytea,
  -- Whether the other sides were told of it: an offer made in a separate talk waits for that.
  conveyed boolean not null,
  accepted uuid[] not null default '{}',
  refused uuid[] not null default '{}',
  made_at timestamptz not null,
  primary key (case_id, offer_id)
);
create table dispute_text (
  case_id uuid not null,
  version integer not null check (version > 0),
  body_sealed bytea,
  -- SHA-256 of the words as printed: what is signed.
  digest bytea not null,
  written_at timestamptz not null,
  primary key (case_id, version)
);
create table dispute_signature (
  case_id uuid not null,
  version integer not null,
  -- A side's id, or `mediator`, or `seal`.
  signer text not null,
  way text not null check (way in ('paper', 'screen')),
  signed_at timestamptz not null,
  primary key (case_id, version, signer)
);
create table dispute_performance (
  case_id uuid not null,
  no integer not null check (no > 0),
  performed_on date not null,
  recorded_at timestamptz not null,
  primary key (case_id, no)
);
create table dispute_confirmation (
  case_id uuid primary key,
  applicants uuid[] not null default '{}',
  ground text check (ground in ('invited', 'home', 'subject', 'committee')),
  court_sealed bytea
);

do $$
declare t text;
begin
  foreach t in array array['dispute_offer', 'dispute_text', 'dispute_signature', 'dispute_performance', 'dispute_confirmation'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
    execute format('create policy %I on %I to tongxin_app using (exists (select 1 from cases c where c.case_id = %I.case_id))
      with check (exists (select 1 from cases c where c.case_id = %I.case_id))', t || '_scope', t, t, t);
    execute format('grant select, insert on %I to tongxin_app', t);
  end loop;
end $$;
grant update (conveyed, accepted, refused) on dispute_offer to tongxin_app;
grant update (applicants, ground, court_sealed) on dispute_confirmation to tongxin_app;

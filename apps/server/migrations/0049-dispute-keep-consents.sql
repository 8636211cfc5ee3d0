-- What each side said to being mediated (人民调解法 17, 23): kept as it was said, the last word of a side counts.
create table dispute_consent (
  case_id uuid not null,
  consent_id uuid not null,
  party_id uuid not null,
  answer text not null check (answer in ('agreed', 'refused', 'withdrawn')),
  how text not null check (how in ('oral', 'telephone', 'written', 'portal')),
  said_on date not null,
  recorded_at timestamptz not null,
  primary key (case_id, consent_id)
);
alter table dispute_consent enable row level security;
alter table dispute_consent force row level security;
create policy consent_scope on dispute_consent to tongxin_app using (exists (select 1 from cases c where c.case_id = dispute_consent.case_id));
grant select, insert on dispute_consent to tongxin_app;
grant select, insert, update, delete on dispute_consent to tongxin_maintenance;


-- A shift handed over: which cases were open, as ids and codes, what the one who left wrote, and who received it. What the cases say is read from
-- them, so that erasing there erases here.
create table handover (
  handover_id uuid primary key,
  organization_id uuid not null references organization,
  -- Shifts of the roster, and until when the next one's work was looked at.
  shift jsonb,
  next_shift jsonb,
  until timestamptz not null,
  -- [{caseId, number, procedureId, procedureVersion, stage, light, dueAt, dueNext}]
  cases jsonb not null,
  more boolean not null,
  words_sealed bytea,
  digest bytea not null,
  left_by uuid not null,
  left_post uuid not null,
  left_at timestamptz not null,
  received_by uuid check (received_by <> left_by),
  received_post uuid,
  received_at timestamptz,
  received_words_sealed bytea
);
create index handover_organization on handover (organization_id, left_at desc, handover_id);
alter table handover enable row level security;
alter table handover force row level security;
create policy handover_scope on handover to tongxin_app using (organization_id = any (scope_ids('organizations')))
  with check (organization_id = any (scope_ids('organizations')));
create policy handover_maintenance on handover to tongxin_maintenance using (true) with check (true);
grant select, insert on handover to tongxin_app;
grant update (received_by, received_post, received_at, received_words_sealed) on handover to tongxin_app;
grant select, insert, update, delete on handover to tongxin_maintenance;

-- Who passed a quarrel on, by when the sender hears of the result, and what it was told. Seen with its case; its sender reads the line it made, and
-- of it nothing but days and the result.
create table dispute_referral (
  case_id uuid primary key,
  sender text not null,
  body text,
  sender_number text,
  received_on date not null,
  due_on date not null,
  file_consent boolean not null,
  -- Whoever sent it by the interface, or out of a case of our own.
  sent_by uuid references person,
  result text,
  reported_on date,
  reported_how text
);
create index dispute_referral_owed on dispute_referral (due_on) where result is null;
-- Who speaks for a side, mediates along, knows the matter or interprets. Names and what binds them are sealed.
create table dispute_helper (
  case_id uuid not null,
  helper_id uuid not null,
  role text not null check (role in ('representative', 'coMediator', 'expert', 'interpreter', 'relative')),
  party_id uuid,
  name_sealed bytea not null,
  phone_sealed bytea,
  consented boolean not null,
  added_at timestamptz not null,
  primary key (case_id, helper_id)
);
do $$
declare t text;
begin
  foreach t in array array['dispute_referral', 'dispute_helper'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;
create policy referral_scope on dispute_referral to tongxin_app using (exists (select 1 from cases c where c.case_id = dispute_referral.case_id))
  with check (case_id = any (scope_ids('cases')) or exists (select 1 from cases c where c.case_id = dispute_referral.case_id));
create policy referral_sent on dispute_referral for select to tongxin_app using (sent_by = acting());
grant select, insert, update (result, reported_on, reported_how) on dispute_referral to tongxin_app;
create policy helper_scope on dispute_helper to tongxin_app using (exists (select 1 from cases c where c.case_id = dispute_helper.case_id))
  with check (case_id = any (scope_ids('cases')) or exists (select 1 from cases c where c.case_id = dispute_helper.case_id));
grant select, insert on dispute_helper to tongxin_app;

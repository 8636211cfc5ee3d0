-- 调解员名册: kept by whoever heads the committee. Names, telephones and homes are sealed; who is on it is no secret, where somebody lives is.
create table mediator (
  mediator_id uuid primary key,
  organization_id uuid not null references organization,
  person_id uuid not null references person,
  name_sealed bytea not null,
  name_index bytea not null,
  phone_sealed bytea,
  phone_index bytea,
  home_sealed bytea,
  home_area_id uuid references area,
  kinds text[] not null default '{}',
  languages text[] not null default '{}',
  filing_number text,
  court text,
  court_from date,
  court_to date,
  available boolean not null default true,
  unique (organization_id, person_id)
);
-- Sides as blind indexes: whether somebody is one of them can be asked, who they are cannot be read.
create table dispute_side (
  case_id uuid not null,
  party_id uuid not null,
  name_index bytea not null,
  phone_index bytea,
  primary key (case_id, party_id)
);
create index dispute_side_name on dispute_side (name_index);
-- What was said about who mediates, in order; a reason is sealed.
create table dispute_choice (
  case_id uuid not null,
  choice_id uuid not null,
  step text not null check (step in ('chosen', 'left', 'accepted', 'declined', 'challenged', 'named', 'challengeRefused', 'appointed', 'steppedAside')),
  party_id uuid,
  mediator_id uuid references mediator,
  why_sealed bytea,
  recorded_at timestamptz not null,
  primary key (case_id, choice_id)
);

do $$
declare t text;
begin
  foreach t in array array['mediator', 'dispute_side', 'dispute_choice'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;
create policy mediator_read on mediator for select to tongxin_app using (true);
create policy mediator_add on mediator for insert to tongxin_app with check (may_manage('mediator.manage', null, organization_id));
create policy mediator_change on mediator for update to tongxin_app using (may_manage('mediator.manage', null, organization_id))
  with check (may_manage('mediator.manage', null, organization_id));
grant select, insert on mediator to tongxin_app;
grant update (name_sealed, name_index, phone_sealed, phone_index, home_sealed, home_area_id, kinds, languages, filing_number, court, court_from, court_to, available)
  on mediator to tongxin_app;
create policy side_scope on dispute_side to tongxin_app using (exists (select 1 from cases c where c.case_id = dispute_side.case_id))
  with check (case_id = any (scope_ids('cases')) or exists (select 1 from cases c where c.case_id = dispute_side.case_id));
create policy choice_scope on dispute_choice to tongxin_app using (exists (select 1 from cases c where c.case_id = dispute_choice.case_id));
grant select, insert on dispute_side, dispute_choice to tongxin_app;

-- Sessions of a dispute: proposed, fixed when all who are invited accept, held. Rooms are a small register of their body.
create table dispute_room (
  room_id uuid primary key,
  organization_id uuid not null references organization,
  name text not null
);
create table dispute_session (
  case_id uuid not null,
  session_id uuid not null,
  -- One side alone; null: all together.
  alone_with uuid,
  during tstzrange not null check (not isempty(during) and lower_inc(during)),
  mediator_id uuid not null,
  room_id uuid references dispute_room,
  link_sealed bytea,
  state text not null check (state in ('proposed', 'fixed', 'held', 'cancelled')),
  accepted uuid[] not null default '{}',
  declined uuid[] not null default '{}',
  attended uuid[] not null default '{}',
  -- What all of the session heard.
  record_sealed bytea,
  result text check (result in ('agreed', 'goesOn', 'failed')),
  primary key (case_id, session_id),
  -- Nobody mediates twice at a time, and no room is given twice: also where the one who books sees nothing of the other matter.
  constraint dispute_session_mediator exclude using gist (mediator_id with =, during with &&) where (state = 'fixed'),
  constraint dispute_session_room exclude using gist (room_id with =, during with &&) where (state = 'fixed' and room_id is not null)
);
-- What was said in a separate talk: for whoever mediates and the head, by no code and on no paper.
create table dispute_note (
  case_id uuid not null,
  note_id uuid not null,
  session_id uuid not null,
  words_sealed bytea,
  written_at timestamptz not null,
  primary key (case_id, note_id)
);
create table dispute_safety (
  case_id uuid primary key,
  answers_sealed bytea not null,
  asked_at timestamptz not null
);

do $$
declare t text;
begin
  foreach t in array array['dispute_session', 'dispute_note', 'dispute_safety'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
    execute format('grant select, insert on %I to tongxin_app', t);
  end loop;
end $$;
alter table dispute_room enable row level security;
alter table dispute_room force row level security;
grant select, insert, update, delete on dispute_room to tongxin_maintenance;
grant select, insert on dispute_room to tongxin_app;
create policy dispute_session_scope on dispute_session to tongxin_app
  using (exists (select 1 from cases c where c.case_id = dispute_session.case_id))
  with check (exists (select 1 from cases c where c.case_id = dispute_session.case_id));
-- A side's code opens the case and none of these: only who is among its people, as the one in hand or as a head.
create policy dispute_note_scope on dispute_note to tongxin_app
  using (exists (select 1 from cases c where c.case_id = dispute_note.case_id
    and (c.state->>'handlerId' = acting()::text or c.participant_ids && nullif(current_setting('tongxin.confided', true), '')::uuid[])))
  with check (exists (select 1 from cases c where c.case_id = dispute_note.case_id
    and (c.state->>'handlerId' = acting()::text or c.participant_ids && nullif(current_setting('tongxin.confided', true), '')::uuid[])));
create policy dispute_safety_scope on dispute_safety to tongxin_app
  using (exists (select 1 from cases c where c.case_id = dispute_safety.case_id
    and (c.state->>'handlerId' = acting()::text or c.participant_ids && nullif(current_setting('tongxin.confided', true), '')::uuid[])))
  with check (exists (select 1 from cases c where c.case_id = dispute_safety.case_id
    and (c.state->>'handlerId' = acting()::text or c.participant_ids && nullif(current_setting('tongxin.confided', true), '')::uuid[])));
create policy dispute_room_read on dispute_room for select to tongxin_app using (may_manage('mediation.record', null, organization_id) or exists (select 1 from dispute_session s where s.room_id = dispute_room.room_id));
create policy dispute_room_make on dispute_room for insert to tongxin_app with check (may_manage('mediation.record', null, organization_id));
grant update (state, accepted, declined, attended, record_sealed, result) on dispute_session to tongxin_app;
grant update (answers_sealed, asked_at) on dispute_safety to tongxin_app;

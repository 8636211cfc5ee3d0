-- Who is asked to mediate along, to advise or to interpret. A second mediator is one of the register and sees the case once they joined; an expert
-- or interpreter is known by the telephone they sign in with and sees an invitation and times, never the case.
alter table dispute_helper
  add column mediator_id uuid references mediator,
  add column phone_index bytea,
  -- What an expert knows, or the language.
  add column subject_sealed bytea,
  -- For one session only.
  add column session_id uuid,
  add constraint dispute_helper_asked check (role not in ('coMediator', 'expert', 'interpreter')
    or (role = 'coMediator') = (mediator_id is not null) and (role = 'coMediator' or phone_index is not null));
create index dispute_helper_phone on dispute_helper (phone_index) where phone_index is not null;
create index dispute_helper_mediator on dispute_helper (mediator_id) where mediator_id is not null;
-- What became of it, in order; a reason is sealed.
create table dispute_helper_step (
  case_id uuid not null,
  step_id uuid not null,
  helper_id uuid not null,
  step text not null check (step in ('joined', 'declined', 'objected', 'kept', 'removed')),
  party_id uuid,
  why_sealed bytea,
  recorded_at timestamptz not null,
  primary key (case_id, step_id)
);

-- Whoever has a dispute in hand, alone or beside somebody, or heads its body; no side's code.
create function in_hand(p_state jsonb, p_participants uuid[]) returns boolean language sql stable parallel safe as $$
  select coalesce(p_state->>'handlerId' = acting()::text or p_state->'besideIds' ? acting()::text
    or p_participants && nullif(current_setting('tongxin.confided', true), '')::uuid[], false) $$;

alter policy dispute_note_scope on dispute_note
  using (exists (select 1 from cases c where c.case_id = dispute_note.case_id and in_hand(c.state, c.participant_ids)))
  with check (exists (select 1 from cases c where c.case_id = dispute_note.case_id and in_hand(c.state, c.participant_ids)));
alter policy dispute_safety_scope on dispute_safety
  using (exists (select 1 from cases c where c.case_id = dispute_safety.case_id and in_hand(c.state, c.participant_ids)))
  with check (exists (select 1 from cases c where c.case_id = dispute_safety.case_id and in_hand(c.state, c.participant_ids)));

-- Who speaks for a side comes with the application; everybody else is asked by whoever has it in hand.
drop policy helper_scope on dispute_helper;
create policy helper_read on dispute_helper for select to tongxin_app using (exists (select 1 from cases c where c.case_id = dispute_helper.case_id));
create policy helper_speak on dispute_helper for insert to tongxin_app with check (role = 'representative' and case_id = any (scope_ids('cases')));
create policy helper_ask on dispute_helper for insert to tongxin_app
  with check (exists (select 1 from cases c where c.case_id = dispute_helper.case_id and in_hand(c.state, c.participant_ids)));

alter table dispute_helper_step enable row level security;
alter table dispute_helper_step force row level security;
grant select, insert, update, delete on dispute_helper_step to tongxin_maintenance;
grant select, insert on dispute_helper_step to tongxin_app;
create policy helper_step_read on dispute_helper_step for select to tongxin_app
  using (exists (select 1 from cases c where c.case_id = dispute_helper_step.case_id));
-- A side objects; yes and no are said by who was asked alone (answer_helping).
create policy helper_step_add on dispute_helper_step for insert to tongxin_app
  with check (exists (select 1 from cases c where c.case_id = dispute_helper_step.case_id
    and (step = 'objected' or step in ('kept', 'removed') and in_hand(c.state, c.participant_ids))));

-- What the caller is asked to: as what, when and where. Off with a no, with being taken off, with an objection that waits, with the session, with the end.
create function helping() returns table (helper_id uuid, case_id uuid, organization_id uuid, role text, subject_sealed bytea, joined boolean,
    session_id uuid, starts_at timestamptz, ends_at timestamptz, fixed boolean, room text, link_sealed bytea, meeting text)
  language sql stable security definer set search_path = public, pg_temp as $$
  select h.helper_id, h.case_id, coalesce((c.state->>'leadOrganizationId')::uuid, d.organization_id), h.role, h.subject_sealed,
    exists (select 1 from dispute_helper_step t where t.case_id = h.case_id and t.helper_id = h.helper_id and t.step = 'joined'),
    s.session_id, lower(s.during), upper(s.during), s.state = 'fixed', r.name, s.link_sealed, s.meeting
  from dispute_helper h join dispute d on d.case_id = h.case_id join cases c on c.case_id = h.case_id and c.ended_at is null
    left join dispute_session s on s.case_id = h.case_id and s.state in ('proposed', 'fixed') and c.stage in ('mediating', 'cooling', 'drafted')
      and (h.session_id is null or s.session_id = h.session_id)
    left join dispute_room r on r.room_id = s.room_id
  where h.role in ('coMediator', 'expert', 'interpreter')
    and (h.mediator_id in (select m.mediator_id from mediator m where m.person_id = acting())
      or h.phone_index = (select p.phone_index from person p where p.person_id = acting() and p.erased_at is null))
    and (h.session_id is null or s.session_id is not null)
    and not exists (select 1 from dispute_helper_step t where t.case_id = h.case_id and t.helper_id = h.helper_id and t.step in ('declined', 'removed'))
    and coalesce((select t.step from dispute_helper_step t where t.case_id = h.case_id and t.helper_id = h.helper_id and t.step in ('objected', 'kept')
      order by t.recorded_at desc, t.step_id desc limit 1), 'kept') = 'kept'
  order by lower(s.during), h.helper_id $$;

-- The answer of who was asked, under the lock of the case; nothing where nobody asked. A second mediator's own case is opened to their transaction.
create function answer_helping(p_helper uuid, p_step uuid, p_joins boolean, p_now timestamptz) returns table (case_id uuid, role text, repeated boolean)
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  v_case uuid;
  v_role text;
  v_step text := case when p_joins then 'joined' else 'declined' end;
  v_repeated boolean;
begin
  select h.case_id, h.role into v_case, v_role from dispute_helper h where h.helper_id = p_helper
    and (h.mediator_id in (select m.mediator_id from mediator m where m.person_id = acting())
      or h.phone_index = (select p.phone_index from person p where p.person_id = acting() and p.erased_at is null));
  if v_case is null then return; end if;
  perform pg_advisory_xact_lock(hashtextextended('dispute:' || v_case, 0));
  v_repeated := exists (select 1 from dispute_helper_step t where t.case_id = v_case and t.helper_id = p_helper and t.step_id = p_step and t.step = v_step);
  if not v_repeated then
    -- A yes where one is still asked; a no also while an objection waits.
    if p_joins and not exists (select 1 from helping() g where g.helper_id = p_helper) or not p_joins and exists (select 1 from dispute_helper_step t
      where t.case_id = v_case and t.helper_id = p_helper and t.step in ('declined', 'removed')) then return; end if;
    insert into dispute_helper_step (case_id, step_id, helper_id, step, recorded_at) values (v_case, p_step, p_helper, v_step, p_now);
    if v_role = 'coMediator' then perform set_config('tongxin.cases', (coalesce(scope_ids('cases'), '{}') || v_case)::text, true); end if;
  end if;
  return query select v_case, v_role, v_repeated;
end $$;

-- A session of a matter in which nobody talks any more takes no hour: whoever fixes a time frees it first, also of matters they do not see.
create function free_hours(p_case uuid, p_session uuid) returns void language sql volatile security definer set search_path = public, pg_temp as $$
  update dispute_session o set state = 'cancelled', link_sealed = null from dispute_session s, cases c
    where s.case_id = p_case and s.session_id = p_session and o.state = 'fixed' and o.during && s.during
      and (o.mediator_id = s.mediator_id or o.room_id = s.room_id)
      and c.case_id = o.case_id and c.stage not in ('mediating', 'cooling', 'drafted') $$;
do $$
declare f text;
begin
  foreach f in array array['helping()', 'answer_helping(uuid, uuid, boolean, timestamptz)', 'free_hours(uuid, uuid)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant select on dispute_helper, dispute_helper_step, dispute_session, dispute_room, mediator to tongxin_definer;
grant insert on dispute_helper_step to tongxin_definer;
grant update (state, link_sealed) on dispute_session to tongxin_definer;

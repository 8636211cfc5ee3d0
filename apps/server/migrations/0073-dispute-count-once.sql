-- When it was written down that a session was held: by it the wait for the session is told, once, whatever day the session itself was.
alter table dispute_session add column written_at timestamptz;
update dispute_session set written_at = lower(during) where state = 'held';
alter table dispute_session add constraint dispute_session_written check ((state = 'held') = (written_at is not null));
create index dispute_session_to_count on dispute_session (written_at) where state = 'held';
grant update (written_at) on dispute_session to tongxin_app;

-- A matter of a report that takes the place of another keeps the dispute that was opened for it, also where whoever writes it again does not see that
-- dispute. Of one's own body's reports of one month alone; nothing is told by it.
create function keep_screening_case(p_report uuid, p_no integer, p_before uuid, p_before_no integer) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into screening_case (case_id, report_id, item_no)
  select c.case_id, p_report, p_no from screening_case c
    join screening_report old on old.report_id = c.report_id
    join screening_report now on now.report_id = p_report and now.organization_id = old.organization_id and now.month = old.month
      and now.version = old.version + 1
  where c.report_id = p_before and c.item_no = p_before_no and may_manage('screening.report', null, now.organization_id)
  on conflict do nothing $$;
alter function keep_screening_case(uuid, integer, uuid, integer) owner to tongxin_definer;
revoke all on function keep_screening_case(uuid, integer, uuid, integer) from public;
grant execute on function keep_screening_case(uuid, integer, uuid, integer) to tongxin_app;
grant select, insert on screening_case to tongxin_definer;
grant select on screening_report to tongxin_definer;

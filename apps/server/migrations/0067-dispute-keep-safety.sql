-- What was answered about safety is kept time by time: an answer of danger is not written over.
alter table dispute_safety add column no integer not null default 1 check (no > 0);
alter table dispute_safety alter column no drop default;
alter table dispute_safety drop constraint dispute_safety_pkey, add primary key (case_id, no);
revoke update (answers_sealed, asked_at) on dispute_safety from tongxin_app;

-- That a matter is mediated is told with its dispute alone; nobody asks any more whether there is one.
revoke select on screening_case from tongxin_definer;
set local role tongxin_definer;
drop function screening_is_linked(uuid, integer);
reset role;

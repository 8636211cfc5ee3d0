-- A session on the net has a provider; `template`: its address follows from the configuration and the session, and is nowhere kept. A link that was
-- given dies with the session.
alter table dispute_session add column meeting text check (meeting in ('manual', 'template'));
update dispute_session set meeting = 'manual' where link_sealed is not null;
update dispute_session set link_sealed = null where state in ('held', 'cancelled');
alter table dispute_session add constraint dispute_session_link check (link_sealed is null or meeting = 'manual' and state in ('proposed', 'fixed'));
-- What its people are to be told outside: that a time was set, moved or called off, and the day before. No words stand here.
alter table dispute_session add column to_tell boolean not null default false;
alter table dispute_session add column reminded_at timestamptz;
create index dispute_session_to_tell on dispute_session (case_id) where to_tell;
create index dispute_session_to_remind on dispute_session (lower(during)) where state = 'fixed' and reminded_at is null;
grant update (link_sealed, to_tell) on dispute_session to tongxin_app;

-- That the parties were reminded of the day, once.
alter table hearing add column reminded_at timestamptz;
create index hearing_to_remind on hearing (case_id) where reminded_at is null;

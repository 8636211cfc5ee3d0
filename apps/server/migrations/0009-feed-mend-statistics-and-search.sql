-- How long a case took, counted from acceptance, needs to know when that was; and a case is counted by the definition it pins.
alter table case_counted
  add column procedure_version integer not null default 0,
  -- When the time it takes began: filing, then acceptance (the overall limit first runs); the original date of an imported case, if it has one.
  add column began_at timestamptz,
  -- Whether that is settled: a reopening starts the overall limit again, and the wait of whoever asked goes on.
  add column began_settled boolean not null default false;
alter table case_counted alter column procedure_version drop default, alter column began_settled drop default;

-- Durations counted so far were those from the end to the end. Every figure is folded again from the record, by whoever consumes next.
truncate case_count, case_counted, duration_count;
update feed_cursor set position = 0 where consumer = 'statistics';

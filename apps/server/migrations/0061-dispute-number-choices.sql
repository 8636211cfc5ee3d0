-- Steps of a choice stand in the order in which they were taken down, one at a time for each dispute: two of one millisecond too.
alter table dispute_choice no force row level security;
alter table dispute_choice add column no integer;
with counted as (
  select case_id, choice_id, row_number() over (partition by case_id order by recorded_at, choice_id) as no from dispute_choice
)
update dispute_choice d set no = c.no from counted c where c.case_id = d.case_id and c.choice_id = d.choice_id;
alter table dispute_choice alter column no set not null;
alter table dispute_choice add constraint dispute_choice_no unique (case_id, no);
alter table dispute_choice force row level security;

-- By which day a report was owed when it came: another day for later months does not make it late, or in time. Null for reports from before.
alter table screening_report add column due_on date;

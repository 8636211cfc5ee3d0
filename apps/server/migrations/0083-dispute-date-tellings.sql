-- When its people were last told that it was set, moved or called off: whoever asked for messages by then is not told within a day that it is near.
alter table dispute_session add column told_at timestamptz;

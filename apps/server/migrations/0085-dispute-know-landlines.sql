-- Whether a message reaches the telephone a side left: a landline gets none. Null where it was left before this was asked: known once it is opened.
alter table dispute_side add column phone_gets_messages boolean;

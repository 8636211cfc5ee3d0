-- The party whose query code an upload came with: no account stands behind it, and it goes with that party's words.
alter table file add column party_id uuid;

-- Parts of the pack that were loaded: what it came to have later is brought at the next start.
alter table pack_load add column parts text[] not null default '{}';

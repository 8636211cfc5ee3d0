-- Which party of a case wants to hear of it outside the house. Said at filing or on the page of the query code; taken back there.
create table message_wish (
  case_id uuid not null,
  party_id uuid not null,
  channel text not null check (channel in ('sms')),
  -- In which the party is written to.
  language text not null check (language in ('zh', 'en')),
  wished_at timestamptz not null,
  primary key (case_id, party_id, channel)
);

-- Where a member of staff is reached outside the desk: a mail address once it is proved, or a browser that takes pushes.
create table message_address (
  address_id uuid primary key,
  person_id uuid not null references person,
  channel text not null check (channel in ('mail', 'push')),
  address_sealed bytea not null,
  -- Keyed hash: the same browser again is the same row.
  address_index bytea not null,
  -- Of what stands in the mail itself, by which one tap ends it.
  stop_hash bytea not null unique,
  -- Null: not proved yet, and nothing but the code for it is sent there.
  confirmed_at timestamptz,
  added_at timestamptz not null,
  unique (person_id, address_index)
);
create unique index message_address_mail on message_address (person_id) where channel = 'mail';

-- One message by one channel to one receiver. Holds no address and no name: they are read when its turn comes.
create table message (
  message_id uuid primary key,
  channel text not null check (channel in ('sms', 'mail', 'push')),
  kind text not null check (kind in ('progress', 'notice', 'confirm')),
  case_id uuid,
  party_id uuid,
  address_id uuid references message_address on delete cascade,
  language text not null check (language in ('zh', 'en')),
  -- Codes and public words of which its text is made.
  params jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'dropped')),
  tries integer not null default 0,
  next_at timestamptz,
  tried_at timestamptz,
  last_problem text,
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((party_id is null) <> (address_id is null)),
  check ((state = 'waiting') = (next_at is not null))
);
create index message_next on message (channel, next_at, message_id) where state = 'waiting';
create index message_tried on message (channel, tried_at);
create index message_party on message (case_id, party_id) where case_id is not null;
create index message_address_of on message (address_id) where address_id is not null;

do $$
declare t text;
begin
  foreach t in array array['message_wish', 'message_address', 'message'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('grant select, insert, update, delete on %I to tongxin_maintenance', t);
  end loop;
end $$;

-- Who comes with a query code is that one party, and no other of the same case.
drop function enter_receipt(bytea);
create function enter_receipt(p_code_hash bytea) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare v receipt%rowtype;
begin
  select * into v from receipt where code_hash = p_code_hash and coalesce(expires_at, 'infinity') > now();
  if v.case_id is null then return null; end if;
  -- The main case of a merged one too: its answers are owed here, and the presenter shows only those.
  perform set_config('tongxin.cases', (select array_remove(array[c.case_id, c.main_case_id], null)::text from cases c where c.case_id = v.case_id), true);
  perform set_config('tongxin.party', v.party_id::text, true);
  return jsonb_build_object('caseId', v.case_id, 'partyId', v.party_id);
end $$;

create policy wish_own on message_wish to tongxin_app using (party_id = nullif(current_setting('tongxin.party', true), '')::uuid)
  with check (case_id = any (scope_ids('cases'))
    and party_id = coalesce(nullif(current_setting('tongxin.party', true), '')::uuid, party_id));
create policy wish_feed on message_wish for select to tongxin_feed using (true);
grant select, insert, update (language, wished_at), delete on message_wish to tongxin_app;
grant select on message_wish to tongxin_feed;

create policy address_own on message_address to tongxin_app using (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid)
  with check (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid);
create policy address_feed on message_address for select to tongxin_feed using (true);
grant select, insert, update (confirmed_at), delete on message_address to tongxin_app;
grant select on message_address to tongxin_feed;

-- Staff see what became of messages about a case they see, the side complained of does not (R5); whoever holds the code, those to that party.
create policy message_seen on message for select to tongxin_app using (
  party_id = nullif(current_setting('tongxin.party', true), '')::uuid
  or exists (select 1 from message_address a where a.address_id = message.address_id)
  or (coalesce(current_setting('tongxin.party', true), '') = '' and exists (select 1 from cases c where c.case_id = message.case_id
    and coalesce(c.respondent_organization_id <> all (coalesce(scope_ids('organizations'), '{}')), true))));
create policy message_stop on message for delete to tongxin_app using (state = 'waiting'
  and (party_id = nullif(current_setting('tongxin.party', true), '')::uuid
    or exists (select 1 from message_address a where a.address_id = message.address_id)));
create policy message_prove on message for insert to tongxin_app with check (kind = 'confirm'
  and exists (select 1 from message_address a where a.address_id = message.address_id));
create policy message_feed on message to tongxin_feed using (true) with check (true);
grant select, insert, delete on message to tongxin_app;
grant select, insert on message to tongxin_feed;
grant select on message_wish, message_address, message to tongxin_definer;
grant delete on message_wish, message_address, message to tongxin_definer;

-- Whoever is erased hears nothing more, by whatever way the erasure comes.
create function forget_messages_of_party() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from message_wish where case_id = new.case_id and party_id = new.party_id;
  delete from message where case_id = new.case_id and party_id = new.party_id and state = 'waiting';
  return null;
end $$;
create function forget_messages_of_person() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from message_address where person_id = new.person_id;
  return null;
end $$;
-- Whether a telephone is kept for whoever came with a query code; the number itself stays where it is.
create function own_party_has_phone() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from case_party where case_id = any (scope_ids('cases')) and party_id = nullif(current_setting('tongxin.party', true), '')::uuid
    and phone_sealed is not null and erased_at is null) $$;
-- One tap in a mail: whoever has it, has the key.
create function stop_messages(p_stop_hash bytea) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from message_address where stop_hash = p_stop_hash;
  return found;
end $$;
create trigger party_erased after update of erased_at on case_party for each row when (new.erased_at is not null) execute function forget_messages_of_party();
create trigger person_erased after update of erased_at on person for each row when (new.erased_at is not null) execute function forget_messages_of_person();
do $$
declare f text;
begin
  foreach f in array array['forget_messages_of_party()', 'forget_messages_of_person()', 'stop_messages(bytea)',
    'own_party_has_phone()', 'enter_receipt(bytea)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function stop_messages(bytea), own_party_has_phone(), enter_receipt(bytea) to tongxin_app;

-- The installation itself reads a telephone in order to send: that reading has no person behind it.
alter table person_access alter column reader_person_id drop not null;

-- A resident's own pages: a proved mail address beside the telephone, passkeys, reports claimed by query code, objections to readings, and what goes.

create table auth.passkey (
  id text primary key, name text, "publicKey" text not null, "userId" text not null references auth."user" on delete cascade,
  "credentialID" text not null unique, counter integer not null, "deviceType" text not null, "backedUp" boolean not null, transports text,
  "createdAt" timestamptz, aaguid text
);
create index passkey_user on auth.passkey ("userId");
grant select, insert, update, delete on auth.passkey to tongxin_auth;

alter table person add column mail_sealed bytea, add column mail_index bytea, add column large_type boolean not null default false;
create unique index person_mail on person (mail_index) where mail_index is not null;

-- A telephone or a mail address proved by one-time code is a resident: the one of this account, the one known by it, or a new one. Answers the
-- person's id. What belongs to another account is refused: whoever proved it learns no more than that.
drop function link_resident(uuid, text, bytea, bytea, text);
create function link_resident(p_person uuid, p_auth_user text, p_kind text, p_sealed bytea, p_index bytea, p_language text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_own person%rowtype;
  v_known person%rowtype;
begin
  select * into v_own from person where auth_user_id = p_auth_user for update;
  select * into v_known from person where case p_kind when 'phone' then phone_index else mail_index end = p_index for update;
  if v_own.person_id is not null and v_own.kind <> 'resident' then raise exception 'not a resident' using errcode = '42501'; end if;
  if v_known.person_id is not null and (v_known.kind <> 'resident' or v_known.erased_at is not null
      or (v_known.auth_user_id is not null and v_known.auth_user_id <> p_auth_user)
      or (v_own.person_id is not null and v_own.person_id <> v_known.person_id)) then
    raise exception 'belongs to another account' using errcode = '42501';
  end if;
  if v_own.person_id is null and v_known.person_id is null then
    insert into person (person_id, kind, auth_user_id, language) values (p_person, 'resident', p_auth_user, p_language);
    v_own.person_id := p_person;
  end if;
  update person set auth_user_id = p_auth_user,
      phone_sealed = case p_kind when 'phone' then p_sealed else phone_sealed end, phone_index = case p_kind when 'phone' then p_index else phone_index end,
      mail_sealed = case p_kind when 'mail' then p_sealed else mail_sealed end, mail_index = case p_kind when 'mail' then p_index else mail_index end
    where person_id = coalesce(v_own.person_id, v_known.person_id);
  -- Notices go to the telephone that is proved, never to the one before.
  if p_kind = 'phone' and v_own.phone_index is distinct from p_index then
    delete from message_address where person_id = v_own.person_id and channel = 'sms';
  end if;
  return coalesce(v_own.person_id, v_known.person_id);
end $$;

-- What a person chose or corrected.
create function set_own(p_name bytea, p_large_type boolean) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person set name_sealed = coalesce(p_name, name_sealed), large_type = coalesce(p_large_type, large_type)
    where person_id = acting() and kind = 'resident' and erased_at is null;
  if not found then raise exception 'not a resident' using errcode = '42501'; end if;
end $$;
drop function own_person();
create function own_person() returns table (kind text, language text, large_type boolean, name_sealed bytea, phone_sealed bytea, phone_index bytea,
  mail_sealed bytea, mail_index bytea, auth_user_id text)
language sql stable security definer set search_path = public, pg_temp as $$
  select kind, language, large_type, name_sealed, phone_sealed, phone_index, mail_sealed, mail_index, auth_user_id from person
  where person_id = acting() and erased_at is null
$$;

-- Whoever holds a query code takes that party's report into the account, with the readings it had before: once, and from nobody.
create function claim_party(p_code_hash bytea) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v receipt%rowtype;
  v_holder uuid;
begin
  perform 1 from person where person_id = acting() and kind = 'resident' and erased_at is null;
  if not found then raise exception 'not a resident' using errcode = '42501'; end if;
  select * into v from receipt where code_hash = p_code_hash and coalesce(expires_at, 'infinity') > now();
  if v.case_id is null then return null; end if;
  select coalesce(person_id, acting()) into v_holder from case_party
    where case_id = v.case_id and party_id = v.party_id and erased_at is null for update;
  if v_holder is null then return null; end if;
  if v_holder <> acting() then return jsonb_build_object('caseId', v.case_id, 'taken', true); end if;
  update case_party set person_id = acting() where case_id = v.case_id and party_id = v.party_id and person_id is null;
  update person_access set person_id = acting() where case_id = v.case_id and party_id = v.party_id and person_id is null;
  return jsonb_build_object('caseId', v.case_id, 'taken', false);
end $$;

-- The caller's reports: what a list needs to say of each, also of those that were claimed.
create function own_parties() returns table (case_id uuid, party_id uuid, role text, number text, procedure_id text, procedure_version integer, stage text,
  title text, created_at timestamptz, updated_at timestamptz, ended_at timestamptz, due_at timestamptz, overall_stopped boolean, due_provisional boolean,
  overdue boolean, receiving_organization_id uuid, lead_organization_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.case_id, p.party_id, p.role, c.number, c.procedure_id, c.procedure_version, c.stage, c.title, c.created_at, c.updated_at, c.ended_at,
    coalesce(c.overall_due_at, c.handling_due_at), c.overall_stopped, c.due_provisional, c.overdue, c.receiving_organization_id, c.lead_organization_id
  from case_party p join cases c on c.case_id = p.case_id
  where p.person_id = acting() and p.erased_at is null order by c.updated_at desc, c.case_id limit 500
$$;
create index case_party_person on case_party (person_id) where person_id is not null;

-- An objection to a reading is a case of its own; one for each reading.
create table access_objection (
  access_id uuid primary key references person_access,
  -- Whose reading it was: kept here too, so that the page shows it without a second look.
  person_id uuid,
  party_id uuid,
  objection_case_id uuid not null,
  objected_at timestamptz not null
);
alter table access_objection enable row level security;
alter table access_objection force row level security;
create policy objection_own on access_objection to tongxin_app using (person_id = acting()
  or party_id = nullif(current_setting('tongxin.party', true), '')::uuid)
  with check (person_id = acting() or party_id = nullif(current_setting('tongxin.party', true), '')::uuid);
grant select, insert on access_objection to tongxin_app;
grant select, insert, update, delete on access_objection to tongxin_maintenance;

-- What goes when somebody wants nothing kept: the account's name, contacts and settings at once, contacts of ended matters too. Those of open matters
-- are needed to answer them and go when they end (the sweep). Answers how many of each.
create function erase_own(p_now timestamptz) returns jsonb language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_me person%rowtype;
  v_erased integer;
  v_kept integer;
begin
  select * into v_me from person where person_id = acting() and kind = 'resident' and erased_at is null for update;
  if v_me.person_id is null then raise exception 'not a resident' using errcode = '42501'; end if;
  update case_party p set name_sealed = null, phone_sealed = null, phone_index = null, erased_at = p_now
    from cases c where c.case_id = p.case_id and c.ended_at is not null and p.person_id = v_me.person_id and p.erased_at is null;
  get diagnostics v_erased = row_count;
  select count(*) into v_kept from case_party where person_id = v_me.person_id and erased_at is null;
  update person set name_sealed = null, phone_sealed = null, phone_index = null, mail_sealed = null, mail_index = null, auth_user_id = null,
    erased_at = p_now where person_id = v_me.person_id;
  return jsonb_build_object('authUserId', v_me.auth_user_id, 'erased', v_erased, 'kept', v_kept);
end $$;

create function sweep_contacts(p_now timestamptz) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare v_n integer;
begin
  update case_party p set name_sealed = null, phone_sealed = null, phone_index = null, erased_at = p_now
    from cases c, person pe where c.case_id = p.case_id and c.ended_at is not null and pe.person_id = p.person_id and pe.erased_at is not null
      and p.erased_at is null;
  get diagnostics v_n = row_count;
  return v_n;
end $$;

do $$
declare f text;
begin
  foreach f in array array['sweep_contacts(timestamptz)', 'set_own(bytea, boolean)', 'own_person()', 'claim_party(bytea)', 'own_parties()', 'erase_own(timestamptz)',
    'link_resident(uuid, text, text, bytea, bytea, text)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
grant execute on function set_own(bytea, boolean), own_person(), claim_party(bytea), own_parties(), erase_own(timestamptz) to tongxin_app;
grant execute on function sweep_contacts(timestamptz) to tongxin_maintenance;
grant execute on function link_resident(uuid, text, text, bytea, bytea, text) to tongxin_auth;
grant update (person_id) on person_access to tongxin_definer;
grant update on case_party to tongxin_definer;

-- Residents are told as staff are: by telephone, mail, browser or the official account they follow, each proved by themselves.
alter table message_address drop constraint message_address_channel_check;
alter table message_address add constraint message_address_channel_check check (channel in ('sms', 'mail', 'push', 'account'));
drop index message_address_mail;
create unique index message_address_one on message_address (person_id, channel) where channel <> 'push';
alter table message drop constraint message_channel_check;
alter table message add constraint message_channel_check check (channel in ('sms', 'mail', 'push', 'account'));

-- The official account's gateway names who sent the code that a page showed: a code is good for half an hour, and once.
create function find_binding(p_stop_hash bytea, p_now timestamptz) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select address_id from message_address
  where stop_hash = p_stop_hash and channel = 'account' and confirmed_at is null and added_at > p_now - interval '30 minutes' $$;
create function bind_account(p_address uuid, p_sealed bytea, p_index bytea, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update message_address set address_sealed = p_sealed, address_index = p_index, confirmed_at = p_now
    where address_id = p_address and channel = 'account' and confirmed_at is null;
  return found;
end $$;
do $$
declare f text;
begin
  foreach f in array array['find_binding(bytea, timestamptz)', 'bind_account(uuid, bytea, bytea, timestamptz)'] loop
    execute format('alter function %s owner to tongxin_definer', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to tongxin_app', f);
  end loop;
end $$;
grant update (address_sealed, address_index, confirmed_at) on message_address to tongxin_definer;

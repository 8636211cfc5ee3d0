-- Sign-in tables of better-auth 1.7 (password, TOTP, one-time code), in their own schema; only tongxin_auth writes them.
create schema auth;
create table auth."user" (
  id text primary key, name text not null, email text not null unique, "emailVerified" boolean not null default false, image text,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now(), "twoFactorEnabled" boolean default false,
  -- "phoneNumber" holds the blind index of a telephone, never the telephone.
  username text unique, "displayUsername" text, "phoneNumber" text unique, "phoneNumberVerified" boolean
);
create table auth.session (
  id text primary key, "userId" text not null references auth."user" on delete cascade, token text not null unique,
  "expiresAt" timestamptz not null, "ipAddress" text, "userAgent" text,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create index session_person on auth.session ("userId");
create index session_expiry on auth.session ("expiresAt");
create table auth.account (
  id text primary key, "accountId" text not null, "providerId" text not null, "userId" text not null references auth."user" on delete cascade,
  "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz,
  scope text, password text, "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now(),
  unique ("providerId", "accountId")
);
create index account_user on auth.account ("userId");
create table auth.verification (
  id text primary key, identifier text not null, value text not null, "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now()
);
create index verification_identifier on auth.verification (identifier);
create table auth."twoFactor" (
  id text primary key, secret text not null, "backupCodes" text not null, "userId" text not null references auth."user" on delete cascade,
  verified boolean default true, "failedVerificationCount" integer default 0, "lockedUntil" timestamptz
);
create index two_factor_user on auth."twoFactor" ("userId");

grant usage on schema auth to tongxin_auth;
grant select, insert, update, delete on all tables in schema auth to tongxin_auth;

-- A telephone proved by one-time code is a resident: the person known by it, or a new one. Answers the person's id.
create function link_resident(p_person uuid, p_auth_user text, p_phone_sealed bytea, p_phone_index bytea, p_language text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_person uuid;
begin
  insert into person (person_id, kind, auth_user_id, phone_sealed, phone_index, language)
    values (p_person, 'resident', p_auth_user, p_phone_sealed, p_phone_index, p_language)
    on conflict (phone_index) where phone_index is not null do update set auth_user_id = p_auth_user
      where person.kind = 'resident' and person.erased_at is null and (person.auth_user_id is null or person.auth_user_id = p_auth_user)
    returning person_id into v_person;
  if v_person is null then raise exception 'telephone belongs to another account' using errcode = '42501'; end if;
  return v_person;
end $$;
alter function link_resident(uuid, text, bytea, bytea, text) owner to tongxin_definer;
revoke all on function link_resident(uuid, text, bytea, bytea, text) from public;
grant execute on function link_resident(uuid, text, bytea, bytea, text) to tongxin_auth;
grant select, insert, update on person to tongxin_definer;

-- A person's own settings.
create function set_language(p_language text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update person set language = p_language where person_id = nullif(current_setting('tongxin.actor', true), '')::uuid and kind <> 'service';
end $$;
alter function set_language(text) owner to tongxin_definer;
revoke all on function set_language(text) from public;
grant execute on function set_language(text) to tongxin_app;

-- The demo's accounts for its sign-in page, in the pack's order, each with its first post. Empty where no demo was loaded.
create function demo_accounts() returns table (username text, title jsonb, organization jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.username, f.title, f.name from auth."user" u join person p on p.auth_user_id = u.id
    cross join lateral (select po.title, o.name from post_holding h join post po using (post_id) join organization o using (organization_id)
      where h.person_id = p.person_id order by h.valid_from, po.post_id limit 1) f
  where u.email like '%@demo.invalid' order by u."createdAt", u.username
$$;
alter function demo_accounts() owner to tongxin_definer;
revoke all on function demo_accounts() from public;
grant execute on function demo_accounts() to tongxin_app;
grant select (id, username, email, "createdAt") on auth."user" to tongxin_definer;

create function own_person() returns table (name_sealed bytea, phone_sealed bytea, phone_index bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select name_sealed, phone_sealed, phone_index from person
  where person_id = nullif(current_setting('tongxin.actor', true), '')::uuid and erased_at is null
$$;
alter function own_person() owner to tongxin_definer;
revoke all on function own_person() from public;
grant execute on function own_person() to tongxin_app;
grant usage on schema public to tongxin_auth;

-- Sign-in tables of better-auth 1.7 (password, TOTP, one-time code), in their own schema; only tongxin_auth writes them.
create schema auth;
create table auth."user" (
  id text primary key, name text not null, email text not null unique, "emailVerified" boolean not null default false, image text,
  "createdAt" timestamptz not null default now(), "updatedAt" timestamptz not null default now(), "twoFactorEnabled" boolean default false,
  username text unique, "displayUsername" text, "phoneNumber" text unique, "phoneNumberVerified" boolean
);

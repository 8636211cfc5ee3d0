-- Long work that somebody started. It runs under a token of its own, which is that person's and opens their scope as it is then; the token ends
-- with the job. graphile_worker (platform/jobs) says when a job is tried; this table says whose it is, how far it came and what it made.
create table job (
  job_id uuid primary key,
  person_id uuid not null references person,
  kind text not null,
  -- What was asked for, sealed: it may hold words somebody searched for.
  input_sealed bytea not null,
  input_digest bytea not null,
  token_sealed bytea not null,
  -- Codes for the list of jobs: source, format, dry run.
  about jsonb not null default '{}',
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  -- How often it was begun; what an earlier attempt left is under its own number.
  attempt integer not null default 0,
  done bigint not null default 0,
  total bigint,
  cancel_wanted boolean not null default false,
  -- Code of why it failed.
  problem text,
  -- Counts and codes of the end.
  result jsonb,
  -- Words of the end (rows that were not taken, conflicts), sealed.
  detail_sealed bytea,
  -- The file it made, sealed in pieces: name, media type, length before sealing.
  file_name text,
  file_type text,
  file_bytes bigint,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- When file and details go.
  expires_at timestamptz not null
);
create index job_person on job (person_id, created_at desc, job_id);
create index job_open on job (status) where status in ('waiting', 'running');
create index job_expiry on job (expires_at) where file_bytes is not null or detail_sealed is not null;
alter table job enable row level security;
alter table job force row level security;
create policy job_own on job to tongxin_app using (person_id = nullif(current_setting('tongxin.actor', true), '')::uuid);
grant select (job_id, person_id, kind, input_sealed, input_digest, about, status, attempt, done, total, cancel_wanted, problem, result, detail_sealed,
  file_name, file_type, file_bytes, created_at, started_at, finished_at, expires_at), insert,
  update (status, cancel_wanted, problem, done, total, token_sealed, finished_at) on job to tongxin_app;
grant select, insert, update, delete on job to tongxin_maintenance;
grant select, update on job to tongxin_definer;
grant insert, delete on service_session to tongxin_definer;

-- Lets a job of the caller's run: its token opens the caller's scope for a week at most, and the worker is told, all in this transaction.
create function start_job(p_job uuid, p_token_hash bytea) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare v_actor uuid := nullif(current_setting('tongxin.actor', true), '')::uuid;
begin
  if not exists (select 1 from job where job_id = p_job and person_id = v_actor and status = 'waiting') then raise exception 'not this job' using errcode = '42501'; end if;
  delete from service_session where note = 'job: ' || p_job;
  insert into service_session (token_hash, person_id, expires_at, note) values (p_token_hash, v_actor, now() + interval '7 days', 'job: ' || p_job);
  perform graphile_worker.add_job('job', json_build_object('jobId', p_job), job_key => p_job::text, max_attempts => 5);
end $$;
alter function start_job(uuid, bytea) owner to tongxin_definer;
revoke all on function start_job(uuid, bytea) from public;
grant execute on function start_job(uuid, bytea) to tongxin_app;

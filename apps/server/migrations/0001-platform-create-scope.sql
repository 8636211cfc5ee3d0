-- Roles are made by the bootstrap (platform/db/bootstrap.ts): tongxin_owner runs this file; tongxin_app serves requests; tongxin_feed reads
-- events and writes projections; tongxin_auth keeps sign-in; tongxin_maintenance (BYPASSRLS) is the CLI's; tongxin_definer (BYPASSRLS, no
-- login) owns the few functions that must look past row-level security.
create extension if not exists pg_trgm;
create extension if not exists btree_gist;

-- The scope of a transaction; nothing set means no rows. Opened by enter(), and by the few functions and statements that keep one more case in
-- sight; statements of the app role are the product's own, so this guards against a forgotten predicate, not against foreign SQL.
create function scope_ids(p_name text) returns uuid[] language sql stable parallel safe
  return nullif(current_setting('tongxin.' || p_name, true), '')::uuid[];

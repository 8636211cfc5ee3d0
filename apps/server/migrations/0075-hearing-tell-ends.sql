-- Why a hearing was called off, in words everybody reads; and the one that was called off before it, whose matter it hears. Each is held again once.
alter table hearing_notice add column called_off_because text;
alter table hearing_notice add column follows uuid;
create unique index hearing_notice_follows on hearing_notice (follows);
grant update (called_off_because) on hearing_notice to tongxin_app;

-- How a table's columns are read is remembered for a body also where its post sees no body's cases: whoever keeps a register of mediators.
alter policy column_map_body on column_map using (organization_id = any (scope_ids('organizations')) or may_manage('mediator.manage', null, organization_id));

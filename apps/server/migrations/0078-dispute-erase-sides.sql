-- What a side of a dispute said goes when it asks for it, after the matter ended: by the head of the body, who opens none of it. The agreement stays,
-- which is the other side's as well, and what was written down of all.
create function erase_side(p_case uuid, p_party uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from cases c where c.case_id = p_case and c.confided and c.ended_at is not null
    and c.participant_ids && nullif(current_setting('tongxin.confided', true), '')::uuid[];
  if not found then raise exception 'not the head' using errcode = '42501'; end if;
  delete from dispute_side where case_id = p_case and party_id = p_party;
  update dispute_offer set terms_sealed = null where case_id = p_case and by_party = p_party;
  update dispute_choice set why_sealed = null where case_id = p_case and party_id = p_party;
  update dispute_helper_step set why_sealed = null where case_id = p_case and party_id = p_party;
  delete from dispute_helper where case_id = p_case and party_id = p_party and role = 'representative';
  update dispute_note n set words_sealed = null from dispute_session s
    where n.case_id = p_case and s.case_id = n.case_id and s.session_id = n.session_id and s.alone_with = p_party;
  update dispute_session set record_sealed = null where case_id = p_case and alone_with = p_party;
end $$;
grant select, update, delete on dispute_side, dispute_offer, dispute_choice, dispute_helper, dispute_helper_step, dispute_note, dispute_session to tongxin_definer;
alter function erase_side(uuid, uuid) owner to tongxin_definer;
revoke all on function erase_side(uuid, uuid) from public;
grant execute on function erase_side(uuid, uuid) to tongxin_app;

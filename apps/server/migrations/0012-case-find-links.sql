-- Links are read from both ends: which other cases have the same words.
create index case_link_other on case_link (other_case_id);

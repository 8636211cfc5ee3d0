-- A city's list narrowed by what few of its cases have: read along an index instead of through all of them. A town's list is short enough without.
create index cases_stage_city on cases (city_id, stage, updated_at desc, case_id);
create index cases_light_city on cases (city_id, light, updated_at desc, case_id);
create index cases_channel_city on cases (city_id, channel, updated_at desc, case_id);
create index cases_category_city on cases (city_id, category_id, updated_at desc, case_id);

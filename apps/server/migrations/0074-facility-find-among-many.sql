-- A register with a row for each lamp post of a city is read a page at a time in the order of numbers: within an area, of a kind, and by part of a
-- name or number.
create index facility_in_area on facility (area_id, (coalesce(code, '')), facility_id);
create index facility_of_kind on facility (kind, (coalesce(code, '')), facility_id);
create index facility_words on facility
  using gin ((coalesce(code, '') || ' ' || (name->>'zh') || ' ' || coalesce(name->>'en', '')) gin_trgm_ops);

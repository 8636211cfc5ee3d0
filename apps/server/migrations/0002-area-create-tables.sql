create table area (
  area_id uuid primary key,
  kind text not null check (kind in ('city', 'district', 'town', 'community', 'grid', 'dedicatedGrid')),
  parent_id uuid references area,
  -- Ancestors from the top, this area last.
  path uuid[] not null,
  name jsonb not null,
  setting text check (setting in ('urban', 'rural', 'urbanVillage', 'fringe')),
  households integer check (households >= 0),
  synthetic boolean not null default false,
  valid_from date not null,
  valid_to date,
  check (path[array_upper(path, 1)] = area_id)
);
create index area_parent on area (parent_id);
create index area_path on area using gin (path);

-- National and local codes are dated attributes of an area: re-zoning is an event, not a rewrite. A code is never used again.
create table area_code (
  code text not null check (code ~ '^[0-9]{2,15}$'),
  scheme text not null check (scheme in ('NBS2023', 'MCA', 'local')),
  area_id uuid not null references area,
  valid_from date not null,
  valid_to date,
  primary key (code, scheme)
);
create index area_code_area on area_code (area_id);

-- WGS-84 longitude and latitude, GeoJSON Polygon or MultiPolygon.
create table area_boundary (
  area_id uuid not null references area,
  valid_from date not null,
  valid_to date,
  geometry jsonb not null,
  bbox double precision[] not null check (array_length(bbox, 1) = 4),
  synthetic boolean not null default false,
  primary key (area_id, valid_from)
);

create table facility (
  facility_id uuid primary key,
  kind text not null,
  code text,
  name jsonb not null,
  area_id uuid not null references area,
  lon double precision not null,
  lat double precision not null,
  synthetic boolean not null default false
);
create index facility_area on facility (area_id, kind);

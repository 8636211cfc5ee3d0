import { type Static, type TSchema, Type } from 'typebox';

/** Shapes of Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2) as this platform speaks it: field names are the standard's. */

export const FORMATS = ['xml', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** Instants of this standard have no fraction of a second. */
const Instant = Type.String({ description: 'ISO 8601 with an offset, no fraction of a second' });
const Empty = Type.Null();

export const Service = Type.Object({
  service_code: Type.String({ description: 'Id of a category' }),
  service_name: Type.String(),
  description: Type.String(),
  metadata: Type.Boolean({ description: 'Whether the category asks questions' }),
  type: Type.Literal('realtime'),
  keywords: Type.String({ description: 'Separated by commas' }),
  group: Type.String(),
});
export type Service = Static<typeof Service>;

export const DATATYPES = ['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist'] as const;

export const Attribute = Type.Object({
  variable: Type.Boolean(),
  code: Type.String(),
  datatype: Type.Enum([...DATATYPES]),
  required: Type.Boolean(),
  datatype_description: Type.Union([Type.String(), Empty]),
  order: Type.Integer(),
  description: Type.String(),
  values: Type.Optional(Type.Array(Type.Object({ key: Type.String(), name: Type.String() }))),
});
export type Attribute = Static<typeof Attribute>;

export const ServiceDefinition = Type.Object({ service_code: Type.String(), attributes: Type.Array(Attribute) });
export type ServiceDefinition = Static<typeof ServiceDefinition>;

export const Filed = Type.Object({
  service_request_id: Type.String(),
  service_notice: Type.String(),
  account_id: Empty,
  extended_attributes: Type.Optional(
    Type.Object({ query_code: Type.String({ description: 'Who holds it reads the case as its reporter' }) }),
  ),
});
export type Filed = Static<typeof Filed>;

export const Named = Type.Object({ service_request_id: Type.String(), token: Type.String() });
export type Named = Static<typeof Named>;

/** A request that nobody has looked over: what would tell who, where exactly or in which words is always empty. */
export const ServiceRequest = Type.Object({
  service_request_id: Type.String(),
  status: Type.Enum(['open', 'closed']),
  status_notes: Empty,
  service_name: Type.String(),
  service_code: Type.String(),
  description: Type.Union([Type.String(), Empty]),
  agency_responsible: Empty,
  service_notice: Empty,
  requested_datetime: Instant,
  updated_datetime: Instant,
  expected_datetime: Empty,
  address: Type.Union([Type.String(), Empty]),
  address_id: Type.Union([Type.String({ description: 'Id of the area' }), Empty]),
  zipcode: Empty,
  lat: Type.Union([Type.Number({ description: 'WGS-84, of a point inside the community' }), Empty]),
  long: Type.Union([Type.Number(), Empty]),
  media_url: Empty,
  extended_attributes: Type.Optional(Type.Object({ moderated: Type.Boolean(), area_kind: Type.String() })),
});
export type ServiceRequest = Static<typeof ServiceRequest>;

export const Discovery = Type.Object({
  changeset: Instant,
  contact: Type.String(),
  key_service: Type.String(),
  endpoints: Type.Array(
    Type.Object({
      specification: Type.String(),
      url: Type.String(),
      changeset: Instant,
      type: Type.Enum(['production', 'test']),
      formats: Type.Array(Type.String()),
    }),
  ),
});
export type Discovery = Static<typeof Discovery>;

export const Fault = Type.Object({ code: Type.Integer(), description: Type.String() });
export type Fault = Static<typeof Fault>;

export const listOf = <T extends TSchema>(one: T) => Type.Array(one);

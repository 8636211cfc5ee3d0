import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';
import { Label } from '../../label/schema.ts';
import type { AreaKind, Geometry } from '../schema.ts';

const Id = Uuid;
const Code = Type.String({ pattern: '^[0-9]{2,15}$' });
const Name = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 60 }), en: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })) },
  { additionalProperties: false },
);
const Boundary = Type.Unknown({ description: 'GeoJSON Polygon or MultiPolygon, WGS-84' });
/** How a drawn shape meets its neighbours: it gives way to them, or they to it. Left out: it must fit as it is. */
const Fit = Type.Optional(Type.Enum(['trim', 'push']));
const Line = Type.Array(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }), { minItems: 2, maxItems: 500 });

/** A new area takes an id its maker chose, so that the same request twice makes it once. */
const NewArea = Type.Object({ areaId: Id, name: Name, code: Type.Optional(Code) }, { additionalProperties: false });

/** One step of a re-zoning 网格调整. Steps are taken in order, and only all together. */
export const RezoningStep = Type.Union([
  Type.Object(
    {
      do: Type.Literal('create'),
      areaId: Id,
      kind: Type.Enum(['district', 'town', 'community', 'grid', 'dedicatedGrid']),
      parentId: Id,
      name: Name,
      code: Type.Optional(Code),
      boundary: Type.Optional(Boundary),
      fit: Fit,
    },
    { additionalProperties: false },
  ),
  Type.Object({ do: Type.Literal('redraw'), areaId: Id, boundary: Boundary, fit: Fit }, { additionalProperties: false }),
  Type.Object(
    { do: Type.Literal('split'), areaId: Id, line: Line, parts: Type.Array(NewArea, { minItems: 2, maxItems: 20 }) },
    { additionalProperties: false },
  ),
  Type.Object(
    { do: Type.Literal('merge'), areaIds: Type.Array(Id, { minItems: 2, maxItems: 50 }), into: NewArea },
    { additionalProperties: false },
  ),
  Type.Object({ do: Type.Literal('renumber'), areaId: Id, code: Code }, { additionalProperties: false }),
  Type.Object({ do: Type.Literal('rename'), areaId: Id, name: Name }, { additionalProperties: false }),
  Type.Object({ do: Type.Literal('retire'), areaId: Id }, { additionalProperties: false }),
  /** Below another parent, with its ground and all that is below it. */
  Type.Object({ do: Type.Literal('hang'), areaId: Id, parentId: Id, code: Type.Optional(Code) }, { additionalProperties: false }),
]);
export type RezoningStep = Static<typeof RezoningStep>;

/** What stands at an area that goes, and where it goes. */
export const DEPENDANTS = ['post', 'organization', 'dutyList', 'procedure', 'webhook'] as const;
export const Move = Type.Object(
  { what: Type.Enum([...DEPENDANTS]), id: Type.String({ minLength: 1, maxLength: 100 }), areaId: Id },
  { additionalProperties: false },
);
export type Move = Static<typeof Move>;

export const REZONING_LIMITS = { steps: 2000, bytes: 8 * 1024 * 1024 } as const;

/** POST /areas/rezonings/preview */
export const RezoningDraft = Type.Object(
  {
    steps: Type.Array(RezoningStep, { minItems: 1, maxItems: REZONING_LIMITS.steps }),
    moves: Type.Optional(Type.Array(Move, { maxItems: 5000 })),
  },
  { additionalProperties: false },
);
export type RezoningDraft = Static<typeof RezoningDraft>;

/** POST /areas/rezonings: the draft, the net it was made for, and by what decision. */
export const NewRezoning = Type.Object(
  {
    id: Id,
    netVersion: Type.Integer({ minimum: 0 }),
    ...RezoningDraft.properties,
    reason: Type.String({ minLength: 1, maxLength: 500 }),
    documentNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  { additionalProperties: false },
);
export type NewRezoning = Static<typeof NewRezoning>;

/** An area in force as the rules of re-zoning see it. */
export interface NetArea {
  readonly areaId: string;
  readonly kind: AreaKind;
  readonly parentId?: string;
  readonly path: readonly string[];
  readonly name: Label;
  readonly code?: string;
  readonly geometry?: Geometry;
}

/** What becomes of one area: `before` where it was, `after` where it is; both of an area that stays. */
export interface AreaChange {
  readonly areaId: string;
  readonly before?: NetArea;
  readonly after?: NetArea;
  /** Areas that took its ground over, of one that went by a split or a merger. */
  readonly into: readonly string[];
  /** Areas whose ground it took over. */
  readonly from: readonly string[];
}

export const NetAreaView = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  parentId: Type.Optional(Type.String()),
  name: Label,
  code: Type.Optional(Type.String()),
  synthetic: Type.Boolean(),
  boundary: Type.Optional(Type.Unknown({ description: 'GeoJSON, WGS-84' })),
});
export type NetAreaView = Static<typeof NetAreaView>;

const Finding = Type.Object({ areaIds: Type.Array(Type.String()), squareMetres: Type.Number(), geometry: Type.Unknown() });
export const NetFindings = Type.Object({ overlaps: Type.Array(Finding), gaps: Type.Array(Finding) });
export type NetFindings = Static<typeof NetFindings>;

/** GET /areas/{id}/net: an area, what it belongs to, and everything below it. */
export const NetView = Type.Object({
  netVersion: Type.Integer(),
  area: NetAreaView,
  path: Type.Array(NetAreaView),
  areas: Type.Array(NetAreaView),
});
export type NetView = Static<typeof NetView>;

const Named = Type.Object({ id: Type.String(), name: Label });
const ChangeView = Type.Object({
  areaId: Type.String(),
  before: Type.Optional(NetAreaView),
  after: Type.Optional(NetAreaView),
  into: Type.Array(Type.String()),
  from: Type.Array(Type.String()),
});
export const DependantView = Type.Object({ what: Type.Enum([...DEPENDANTS]), id: Type.String(), label: Label, areaId: Type.String() });
export type DependantView = Static<typeof DependantView>;

export const RezoningPreview = Type.Object({
  netVersion: Type.Integer(),
  changes: Type.Array(ChangeView),
  cases: Type.Object({
    /** Open cases that change place, of those the reader sees; a hundred of them by name. */
    moving: Type.Integer(),
    flows: Type.Array(Type.Object({ from: Type.Optional(Named), to: Type.Optional(Named), n: Type.Integer() })),
    some: Type.Array(
      Type.Object({
        id: Type.String(),
        number: Type.String(),
        title: Type.Optional(Type.String()),
        from: Type.Optional(Type.String()),
        to: Type.Optional(Type.String()),
      }),
    ),
  }),
  facilities: Type.Object({
    moving: Type.Integer(),
    some: Type.Array(Type.Object({ id: Type.String(), name: Label, from: Type.String(), to: Type.String() })),
  }),
  /** Of the field, what changes place: by count alone, and visits and checklists only those under way. */
  field: Type.Object({ premises: Type.Integer(), visits: Type.Integer(), patrols: Type.Integer() }),
  /** What stands at areas that go, and needs a new place. */
  dependants: Type.Array(DependantView),
  findings: NetFindings,
});
export type RezoningPreview = Static<typeof RezoningPreview>;

export const RezoningView = Type.Object({
  id: Type.String(),
  serial: Type.Integer(),
  reason: Type.String(),
  documentNumber: Type.Optional(Type.String()),
  appliedAt: Type.String(),
  by: Type.Optional(Label),
  areas: Type.Array(Named),
  /** Open cases placed anew so far; `settled` once none is left. */
  placed: Type.Integer(),
  settled: Type.Boolean(),
});
export type RezoningView = Static<typeof RezoningView>;

/** GET /areas/{id}/history: latest first. */
export const AreaHistory = Type.Object({
  area: NetAreaView,
  retired: Type.Boolean(),
  entries: Type.Array(
    Type.Object({
      rezoning: RezoningView,
      change: ChangeView,
      related: Type.Array(Named),
      /** What it belonged to before and what it belongs to since, where that changed. */
      parents: Type.Optional(Type.Object({ before: Named, after: Named })),
    }),
  ),
  codes: Type.Array(Type.Object({ code: Type.String(), from: Type.String(), to: Type.Optional(Type.String()) })),
});
export type AreaHistory = Static<typeof AreaHistory>;

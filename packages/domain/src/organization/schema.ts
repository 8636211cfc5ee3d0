import { type Static, Type } from 'typebox';
import { Label } from '../label/schema.ts';
import { ORGANIZATION_KINDS } from '../pack/schema.ts';

export const OrganizationView = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...ORGANIZATION_KINDS]),
  name: Label,
  areaId: Type.String(),
  parentId: Type.Optional(Type.String()),
  /** 发文代字: how the numbers of its papers begin. */
  mark: Type.Optional(Type.String()),
  /** Whether a complaint may name it. */
  respondent: Type.Boolean(),
  /** The day on which it was closed, and who went on with its work. */
  closedOn: Type.Optional(Type.String()),
  heirId: Type.Optional(Type.String()),
  synthetic: Type.Boolean(),
});
export type OrganizationView = Static<typeof OrganizationView>;

/** An office somebody may write to. */
export const OfficeView = Type.Object({ id: Type.String(), label: Label, areaLabel: Type.Optional(Label) });
export type OfficeView = Static<typeof OfficeView>;

export const PostView = Type.Object({
  id: Type.String(),
  organizationId: Type.String(),
  areaId: Type.String(),
  role: Type.String(),
  title: Label,
  responsibility: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
  /** How many people hold the post today; names are never listed. */
  holders: Type.Integer(),
  /** The first day on which it no longer counts. */
  endedOn: Type.Optional(Type.String()),
});
export type PostView = Static<typeof PostView>;

/** 单位简称 in the numbers of papers: no blanks, figures or brackets, which the number itself has. */
export const Mark = Type.String({ pattern: '^[^\\s0-9〔〕]{1,20}$' });

/** What an administrator writes of a body. */
export const OrganizationForm = {
  kind: Type.Enum(ORGANIZATION_KINDS.filter((kind) => kind !== 'service')),
  name: Label,
  mark: Type.Optional(Mark),
  respondent: Type.Boolean(),
} as const;

export type ServiceName = 'portal' | 'import' | 'clock' | 'open311';

interface ServicePost {
  readonly personId: string;
  readonly postId: string;
  readonly role: 'portalService' | 'importService' | 'clockService' | 'open311Service';
  readonly title: Label;
}

const service = (n: number, role: ServicePost['role'], zh: string, en: string): ServicePost => ({
  personId: `5e000000-0000-8000-8000-0000000000${n}1`,
  postId: `5e000000-0000-8000-8000-0000000000${n}2`,
  role,
  title: { zh, en },
});

/** The body the platform's own services stand in, and their posts: the same in every installation. */
export const SERVICE_ORGANIZATION = {
  organizationId: '5e000000-0000-8000-8000-000000000001',
  name: { zh: '平台服务', en: 'Platform services' },
} as const;

export const SERVICES: Readonly<Record<ServiceName, ServicePost>> = {
  portal: service(1, 'portalService', '居民门户', 'Portal'),
  import: service(2, 'importService', '数据导入', 'Import'),
  clock: service(3, 'clockService', '时限值守', 'Clock'),
  open311: service(4, 'open311Service', 'Open311 接口', 'Open311'),
};

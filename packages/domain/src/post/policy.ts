/**
 * What each role of post may do and how far it sees. One table for the server, the database (`post_role`, loaded at start) and the phone.
 * A capability alone never suffices: the procedure's action also names the relation to the case (domain/procedure/rules.ts `permit`).
 */
export const CAPABILITIES = [
  'case.file',
  'case.register',
  'case.read',
  'case.accept',
  'case.dispatch',
  'case.review',
  'case.handle',
  'case.verify',
  'case.callback',
  'call.answer',
  'case.close',
  'case.record',
  'case.supervise',
  'case.instruct',
  'case.import',
  'letter.accept',
  'letter.answer',
  'letter.approve',
  'letter.review',
  'party.read',
  'statistics.read',
  'record.erase',
  'area.manage',
  'administration.read',
  'organization.manage',
  'person.manage',
  'roster.manage',
  'duty.manage',
  'category.manage',
  'calendar.manage',
  'facility.manage',
  'knowledge.manage',
  'reply.manage',
  'wall.show',
  'wall.manage',
  'procedure.vary',
  'exchange.manage',
  'visit.record',
  'patrol.record',
  'sos.answer',
  'form.manage',
  'publication.manage',
  'publication.review',
  'case.confided',
  'mediation.record',
  'mediation.count',
  'mediator.manage',
  'reception.manage',
  'legal.advise',
  'legalAid.manage',
  'screening.report',
  'screening.supervise',
  'hearing.convene',
  'hearing.roster',
] as const;
export type Capability = (typeof CAPABILITIES)[number];
/** Those by which cases are worked on, as procedures name them; the others are about the house. */
export const CASE_WORK: readonly Capability[] = CAPABILITIES.filter((one) =>
  /^(?:case\.(?!import$)|letter\.|mediation\.record$|hearing\.convene$)/u.test(one),
);

/** Marks that a case bears for good once somebody used a capability on it: lists are made of them (领导批示件). */
export const MARKS = ['instructed'] as const;
export type CaseMark = (typeof MARKS)[number];
export const MARK_OF: Readonly<Partial<Record<string, CaseMark>>> = { 'case.instruct': 'instructed' } satisfies Partial<
  Record<Capability, CaseMark>
>;
/** Rights over other people's rights and over reference data: passed on only by who holds them. */
export const ADMINISTERS = [
  'case.import',
  'record.erase',
  'administration.read',
  'organization.manage',
  'person.manage',
  'roster.manage',
  'duty.manage',
  'category.manage',
  'calendar.manage',
  'facility.manage',
  'knowledge.manage',
  'area.manage',
  'procedure.vary',
  'wall.manage',
  'exchange.manage',
  'form.manage',
  'publication.manage',
] as const satisfies readonly Capability[];

export type Sees = 'area' | 'organization' | 'own' | 'none';

export const ROLES = {
  /** 调度员: accepts, dispatches, reviews objections, closes. */
  dispatcher: {
    sees: 'area',
    capabilities: [
      'case.file',
      'case.register',
      'case.read',
      'case.accept',
      'case.dispatch',
      'case.review',
      'call.answer',
      'case.close',
      'party.read',
      'statistics.read',
      'reply.manage',
      'wall.show',
      'sos.answer',
      'publication.review',
      'screening.supervise',
      'hearing.convene',
      'hearing.roster',
    ],
  },
  /** 话务员: logs calls, answers directly, calls back. */
  operator: {
    sees: 'organization',
    capabilities: ['case.file', 'case.register', 'case.read', 'case.accept', 'case.callback', 'call.answer', 'party.read'],
  },
  /** 承办人 of a department or utility. */
  handler: { sees: 'organization', capabilities: ['case.file', 'case.read', 'case.handle', 'party.read', 'screening.report'] },
  /** 单位负责人: sees what the body handles; first, second or third responsible person. */
  bodyHead: {
    sees: 'organization',
    capabilities: [
      'case.read',
      'case.handle',
      'letter.approve',
      'statistics.read',
      'roster.manage',
      'knowledge.manage',
      'reply.manage',
      'screening.report',
    ],
  },
  /** 核查员: checks results, never its own work. */
  verifier: { sees: 'area', capabilities: ['case.read', 'case.verify'] },
  /** 网格员: reports, settles on the spot, files for the record; visits, patrols. */
  gridWorker: {
    sees: 'area',
    capabilities: ['case.file', 'case.register', 'case.read', 'case.record', 'case.handle', 'case.verify', 'visit.record', 'patrol.record'],
  },
  gridLead: {
    sees: 'area',
    capabilities: [
      'case.file',
      'case.register',
      'case.read',
      'case.record',
      'case.handle',
      'visit.record',
      'patrol.record',
      'sos.answer',
      'screening.report',
    ],
  },
  /** 领导: reads, instructs, supervises. */
  leader: {
    sees: 'area',
    capabilities: ['case.read', 'case.instruct', 'case.supervise', 'statistics.read', 'wall.show', 'screening.supervise'],
  },
  supervisor: {
    sees: 'area',
    capabilities: ['case.read', 'case.supervise', 'case.review', 'statistics.read', 'wall.show', 'screening.supervise'],
  },
  /** 信访工作人员. */
  letterOfficer: {
    sees: 'organization',
    capabilities: [
      'case.file',
      'case.register',
      'case.read',
      'letter.accept',
      'letter.answer',
      'party.read',
      'reply.manage',
      'reception.manage',
      'hearing.convene',
    ],
  },
  /** 复查复核机关 staff. */
  letterReviewer: { sees: 'organization', capabilities: ['case.read', 'letter.review', 'party.read'] },
  /** 调解员: sees the disputes it has in hand, and no others. */
  mediator: { sees: 'own', capabilities: ['case.file', 'case.read', 'party.read', 'mediation.record'] },
  /** 调委会主任、调解中心负责人: looks after the confided cases of the committee. */
  mediationHead: {
    sees: 'own',
    capabilities: ['case.file', 'case.read', 'party.read', 'mediation.record', 'case.confided', 'mediator.manage', 'roster.manage'],
  },
  /** 司法所、司法局统计: counts disputes for the reports that the law asks for, and releases what may be public; sees no case. */
  justiceOfficer: { sees: 'none', capabilities: ['mediation.count', 'legalAid.manage'] },
  /** 社区、小区法律顾问、值班律师: keeps own duty hours; what is said there no other post reads, of the firm neither. */
  lawyer: { sees: 'none', capabilities: ['legal.advise'] },
  administrator: {
    sees: 'area',
    capabilities: [
      'case.read',
      'case.import',
      'record.erase',
      'statistics.read',
      'administration.read',
      'organization.manage',
      'person.manage',
      'roster.manage',
      'duty.manage',
      'category.manage',
      'calendar.manage',
      'facility.manage',
      'knowledge.manage',
      'area.manage',
      'procedure.vary',
      'wall.show',
      'wall.manage',
      'exchange.manage',
      'form.manage',
      'publication.manage',
    ],
  },
  /** 门户服务: files for residents who are not signed in; sees nothing without a receipt. */
  portalService: { sees: 'none', capabilities: ['case.file'] },
  importService: { sees: 'area', capabilities: ['case.file', 'case.import', 'case.read'] },
  /** A body's own system: sees and does what the body handles, and files what reaches it there. */
  departmentService: { sees: 'organization', capabilities: ['case.file', 'case.read', 'case.handle'] },
  open311Service: { sees: 'none', capabilities: ['case.file'] },
  /** The leader's poll of due times. */
  clockService: { sees: 'area', capabilities: ['case.read'] },
  /** 大屏: a screen in a hall; shows sums of its area, sees no case. */
  wallDisplay: { sees: 'none', capabilities: ['wall.show'] },
} as const satisfies Record<string, { sees: Sees; capabilities: readonly Capability[] }>;
export type Role = keyof typeof ROLES;

/**
 * Roles whose posts a role makes and fills. To appoint a dispatcher is not to dispatch: who administers decides no case. What administers is
 * passed on only by who holds it (post/policy.test.ts).
 */
export const APPOINTS = {
  administrator: [
    'dispatcher',
    'operator',
    'handler',
    'bodyHead',
    'verifier',
    'gridWorker',
    'gridLead',
    'leader',
    'supervisor',
    'letterOfficer',
    'letterReviewer',
    'mediator',
    'mediationHead',
    'justiceOfficer',
    'lawyer',
    'administrator',
  ],
} as const satisfies Partial<Record<Role, readonly Role[]>>;

export const appointsTo = (role: string): readonly string[] =>
  Object.hasOwn(APPOINTS, role) ? APPOINTS[role as keyof typeof APPOINTS] : [];

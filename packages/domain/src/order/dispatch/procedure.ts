import { code, label, words } from '../../form/schema.ts';
import type { Action } from '../../procedure/schema.ts';

const CENTRE: Action['by'] = [
  { capability: 'case.dispatch', relation: 'receivingBody' },
  { capability: 'case.dispatch', relation: 'area' },
];
const ARBITER: Action['by'] = [
  { capability: 'case.review', relation: 'receivingBody' },
  { capability: 'case.review', relation: 'area' },
];
const LEAD: Action['by'] = [{ capability: 'case.handle', relation: 'leadBody' }];

/** Whose work it becomes: dispatch, receipt, objection and designation. */
export const dispatch: Record<string, Action> = {
  dispatch: {
    label: label('派单', 'Dispatch'),
    told: label('已转给承办单位', 'Passed to the body that will handle it'),
    from: ['accepted'],
    to: 'dispatched',
    duty: 'decide',
    by: CENTRE,
    set: { mayObject: true },
    assign: { leadOrganization: { input: 'organizationId' } },
    form: [
      code('organizationId', label('主办单位', 'Lead body'), 'organization', { seenBy: ['reporter'] }),
      words('opinion', label('拟办意见', 'Proposed handling'), { required: false }),
    ],
    clocks: { start: ['handling', 'contact', 'objectionWindow'] },
    primary: true,
  },
  recall: {
    label: label('撤回', 'Recall'),
    from: ['dispatched', 'handling'],
    to: 'accepted',
    duty: 'progress',
    by: CENTRE,
    set: { mayObject: false, extension: 'none' },
    assign: { leadOrganization: 'none', handler: 'none' },
    form: [words('reason', label('撤回理由', 'Why'))],
    clocks: { stop: ['handling', 'contact', 'objectionWindow'] },
  },
  acknowledge: {
    label: label('签收', 'Acknowledge'),
    told: label('承办单位已签收', 'The body has taken it in hand'),
    from: ['dispatched'],
    to: 'handling',
    duty: 'handle',
    partyAct: 'rectify',
    by: LEAD,
    assign: { handler: 'actor' },
    primary: true,
  },
  objectToDispatch: {
    label: label('派单异议', 'Object to dispatch'),
    from: ['dispatched', 'handling'],
    to: 'objected',
    duty: 'party',
    partyAct: 'appeal',
    by: LEAD,
    guard: { fact: 'mayObject', is: true },
    set: { mayObject: false, extension: 'none' },
    form: [
      words('reason', label('异议理由', 'Why')),
      {
        id: 'clause',
        label: label('职责清单条款', 'Clause of the duty list'),
        type: 'text',
        required: true,
        content: false,
        maxLength: 200,
      },
      code('suggestedOrganizationId', label('建议承办单位', 'Body suggested'), 'organization', { required: false }),
    ],
    clocks: { stop: ['handling', 'contact', 'objectionWindow'], start: ['objectionReview'] },
  },
  lapseObjection: {
    label: label('异议期满', 'Window for objecting ends'),
    from: ['dispatched', 'handling', 'held'],
    to: 'same',
    duty: 'progress',
    by: [{ relation: 'service' }],
    set: { mayObject: false },
    clocks: { stop: ['objectionWindow'] },
  },
  approveObjection: {
    label: label('同意退单', 'Approve the objection'),
    from: ['objected'],
    to: 'accepted',
    duty: 'decide',
    notBy: ['handle'],
    by: ARBITER,
    assign: { leadOrganization: 'none', handler: 'none' },
    form: [words('reason', label('审核意见', 'Opinion'))],
    clocks: { stop: ['objectionReview'] },
    primary: true,
  },
  designate: {
    label: label('指定承办', 'Refuse and designate'),
    told: label('已确定承办单位', 'It is settled who handles it'),
    from: ['objected'],
    to: 'dispatched',
    duty: 'refuse',
    notBy: ['handle'],
    by: ARBITER,
    assign: { leadOrganization: { input: 'organizationId' }, handler: 'none' },
    form: [
      code('organizationId', label('指定承办单位', 'Body designated'), 'organization', { seenBy: ['reporter'] }),
      words('reason', label('书面理由', 'Written reasons')),
    ],
    clocks: { stop: ['objectionReview'], start: ['handling', 'contact'] },
    appeal: { final: '北京市接诉即办工作条例第十二条（派单异议审核）；指定后不再退回，按当地办法' },
  },
};

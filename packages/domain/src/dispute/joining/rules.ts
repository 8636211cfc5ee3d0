import type { HelperRole, HelperStanding, HelperStepKind, NewHelper } from './schema.ts';

/** A step as it is kept, oldest first. */
export interface HelperStep {
  readonly helperId: string;
  readonly step: HelperStepKind;
}

/** What lacks of an invitation, as a problem and its field; undefined where nothing does. */
export const misasked = ({ role, mediatorId, name, phone, subject, sessionId }: NewHelper): { code: string; field: string } | undefined => {
  if (role === 'coMediator') {
    if (!mediatorId) return { code: 'fieldMissing', field: 'mediatorId' };
    // Nobody mediates a talk without knowing the matter: a second mediator is asked for all of it.
    return sessionId ? { code: 'coMediatorForAll', field: 'sessionId' } : undefined;
  }
  for (const [field, value] of Object.entries({ name, phone, subject })) if (!value?.trim()) return { code: 'fieldMissing', field };
  return undefined;
};

/**
 * Where somebody stands. Who said no or was taken off is not asked again by the same invitation. A side's objection to an expert is final: they
 * come with the sides' consent or not at all (人民调解法 第二十条). To a second mediator and an interpreter it is a question to the head, and
 * meanwhile the interpreter sees nothing.
 */
export const standingOf = (role: HelperRole, steps: readonly HelperStep[]): HelperStanding => {
  const has = (step: HelperStepKind): boolean => steps.some((one) => one.step === step);
  if (has('removed')) return 'removed';
  if (has('declined')) return 'declined';
  if (steps.findLast(({ step }) => step === 'objected' || step === 'kept')?.step === 'objected')
    return role === 'expert' ? 'removed' : 'objected';
  return has('joined') ? 'joined' : 'asked';
};

/** Whether they are still with the matter, or may come to it. */
export const isOn = (standing: HelperStanding): boolean => standing === 'asked' || standing === 'joined' || standing === 'objected';

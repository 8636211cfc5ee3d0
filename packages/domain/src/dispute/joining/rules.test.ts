import { describe, expect, it } from 'vitest';
import { isOn, misasked, standingOf } from './rules.ts';
import type { HelperRole, HelperStanding, HelperStepKind, NewHelper } from './schema.ts';

const asked = (more: Partial<NewHelper>): NewHelper => ({ id: 'h', role: 'expert', sidesTold: true, confidenceTold: true, ...more });

describe('asking somebody to help', () => {
  it.each<[why: string, asked: Partial<NewHelper>, wrong: [code: string, field: string] | undefined]>([
    ['an expert has a name, a telephone and a field', { name: '孙工', phone: '13800000000', subject: '房屋结构' }, undefined],
    ['without a field', { name: '孙工', phone: '13800000000', subject: ' ' }, ['fieldMissing', 'subject']],
    ['without a telephone', { name: '孙工', subject: '房屋结构' }, ['fieldMissing', 'phone']],
    ['an interpreter signs', { role: 'interpreter', name: '周某', phone: '1', subject: '手语' }, undefined],
    ['a second mediator is one of the register', { role: 'coMediator' }, ['fieldMissing', 'mediatorId']],
    ['for all of it', { role: 'coMediator', mediatorId: 'm', sessionId: 's' }, ['coMediatorForAll', 'sessionId']],
    ['a second mediator', { role: 'coMediator', mediatorId: 'm' }, undefined],
  ])('%s', (_why, more, wrong) => expect(misasked(asked(more))).toEqual(wrong && { code: wrong[0], field: wrong[1] }));

  it.each<[steps: HelperStepKind[], role: HelperRole, standing: HelperStanding]>([
    [[], 'expert', 'asked'],
    [['joined'], 'interpreter', 'joined'],
    [['joined', 'declined'], 'interpreter', 'declined'],
    [['declined', 'joined'], 'coMediator', 'declined'],
    // 人民调解法 第二十条: with the sides' consent.
    [['joined', 'objected'], 'expert', 'removed'],
    [['joined', 'objected'], 'interpreter', 'objected'],
    [['objected', 'kept'], 'interpreter', 'asked'],
    [['joined', 'objected', 'kept'], 'coMediator', 'joined'],
    [['joined', 'objected', 'kept', 'objected'], 'coMediator', 'objected'],
    [['joined', 'objected', 'removed'], 'coMediator', 'removed'],
  ])('after %j a %s is %s', (steps, role, standing) =>
    expect(
      standingOf(
        role,
        steps.map((step) => ({ helperId: 'h', step })),
      ),
    ).toBe(standing),
  );

  it('who is off stays off', () => {
    const all: HelperStanding[] = ['asked', 'joined', 'declined', 'objected', 'removed'];
    expect(all.filter(isOn)).toEqual(['asked', 'joined', 'objected']);
  });
});

import { describe, expect, it } from 'vitest';
import { ADMINISTERS, APPOINTS, appointsTo, type Capability, ROLES, type Role } from './policy.ts';
import { overlaps, permitAppointment } from './rules.ts';

describe('who appoints to what', () => {
  it('passes on no right over others that it does not hold itself', () => {
    for (const [role, appointed] of Object.entries(APPOINTS))
      for (const to of appointed) {
        const passed = ROLES[to].capabilities.filter((one) => (ADMINISTERS as readonly Capability[]).includes(one));
        const own: readonly string[] = ROLES[role as Role].capabilities;
        expect([role, to, passed.filter((one) => !own.includes(one))]).toEqual([role, to, []]);
      }
  });
  it('never makes a service, and leaves every other role without the right', () => {
    expect(Object.values(APPOINTS).flat()).not.toContain('clockService');
    expect(Object.keys(ROLES).filter((role) => appointsTo(role).length > 0)).toEqual(['administrator']);
    expect(appointsTo('constructor')).toEqual([]);
  });
});

const held = (role: Role, areaId: string) => ({
  postId: 'p',
  organizationId: 'o',
  areaId,
  role,
  capabilities: [...ROLES[role].capabilities],
});
const townAdministrator = { kind: 'person' as const, personId: 'me', posts: [held('administrator', 'town')] };
const inTown = { role: 'handler', areaPath: ['city', 'town'], bodyPath: ['city', 'town'] };

describe('an appointment', () => {
  const asked = (post: Partial<typeof inTown>, personId = 'you') =>
    permitAppointment(townAdministrator, 'person.manage', { ...inTown, ...post }, personId);
  it('is made within the area', () => expect(asked({})).toMatchObject({ ok: true }));
  it('is refused to oneself', () => expect(asked({}, 'me')).toEqual({ ok: false, code: 'notToYourself' }));
  it('is refused where the body or the area lies outside', () => {
    expect(asked({ bodyPath: ['city'] })).toEqual({ ok: false, code: 'beyondYourArea' });
    expect(asked({ areaPath: ['city', 'otherTown'] })).toEqual({ ok: false, code: 'beyondYourArea' });
  });
  it('is refused to a role there is not, and to one that is not appointed to', () => {
    expect(asked({ role: 'case.dispatch' })).toEqual({ ok: false, code: 'unknownRole' });
    expect(asked({ role: 'toString' })).toEqual({ ok: false, code: 'unknownRole' });
    expect(asked({ role: 'clockService' })).toEqual({ ok: false, code: 'roleNotYours' });
  });
  it('is refused to whoever only heads a body', () =>
    expect(
      permitAppointment({ kind: 'person', personId: 'me', posts: [held('bodyHead', 'town')] }, 'person.manage', inTown, 'you'),
    ).toEqual({
      ok: false,
      code: 'beyondYourArea',
    }));
});

it('days in a post touch only where both count', () => {
  expect(overlaps({ from: '2026-01-01', to: '2026-02-01' }, { from: '2026-02-01' })).toBe(false);
  expect(overlaps({ from: '2026-01-01' }, { from: '2026-02-01', to: '2026-03-01' })).toBe(true);
  expect(overlaps({ from: '2026-03-01' }, { from: '2026-02-01', to: '2026-03-01' })).toBe(false);
});

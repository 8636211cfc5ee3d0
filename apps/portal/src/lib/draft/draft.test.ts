import { NewCase } from '@tongxin/domain/case/view.ts';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { expect, test } from 'vitest';
import { type Draft, draftFrom, emptyDraft, faultsOf, filesOf, filingOf, overOf, SPOKEN } from './draft.ts';

const draft = (part: Partial<Draft>): Draft => ({ ...emptyDraft('report'), ...part });

test('an empty report, a telephone that is none, and a call-back without a telephone are named', () => {
  expect(faultsOf(draft({}))).toEqual(['text']);
  expect(faultsOf(draft({ text: '路灯不亮', phone: '不想说' }))).toEqual(['phone']);
  expect(faultsOf(draft({ text: '路灯不亮', callBackWanted: true }))).toEqual(['callBack']);
  expect(faultsOf(draft({ text: '路灯不亮', phone: '138 0000 0000', callBackWanted: true }))).toEqual([]);
  expect(faultsOf(draft({ text: '路灯不亮', onBehalf: true, behalfOfPhone: '没有' }))).toEqual(['behalfOfPhone']);
});

test('a recording stands for words; an answer that a kind of matter needs is asked for, and becomes a line of the report', () => {
  const sound = { fileId: emptyDraft('report').caseId, kind: 'sound' as const, name: 'voice.webm', blob: new Blob(['x']) };
  expect(faultsOf(draft({ sound }))).toEqual([]);
  expect(filingOf(draft({ sound }))).toMatchObject({ text: SPOKEN, fileIds: [sound.fileId] });
  expect(draftFrom(filingOf(draft({ sound })), [sound])).toMatchObject({ text: '', sound, photos: [] });
  const answer = { code: 'n', required: true, value: '', line: '' };
  expect(faultsOf(draft({ text: '路灯不亮', answers: [answer] }))).toEqual(['answers']);
  expect(filingOf(draft({ text: '路灯不亮', answers: [{ ...answer, value: '2', line: '几盏：2' }] })).text).toBe('路灯不亮\n几盏：2');
});

test('words and answers that are too long together are named before they are sent, and so is a letter', () => {
  const answers = [{ code: 'n', required: false, value: '两', line: `几盏：${'两'.repeat(1000)}` }];
  expect(faultsOf(draft({ text: '灯'.repeat(9000), answers }))).toEqual(['tooLong']);
  expect(overOf(draft({ text: '灯'.repeat(9000), answers }))).toBe(4);
  expect(faultsOf(draft({ text: '灯'.repeat(8996), answers }))).toEqual([]);
  expect(Value.Check(NewCase, filingOf(draft({ text: '灯'.repeat(8996), answers })))).toBe(true);
  expect(Value.Check(NewCase, filingOf(draft({ text: '灯'.repeat(8997), answers })))).toBe(false);
  expect(faultsOf({ ...emptyDraft('letter'), text: '信'.repeat(10_001) })).toEqual(['tooLong']);
});

const drafts = fc
  .record({
    id: fc.constantFrom('report' as const, 'letter' as const),
    text: fc.string({ minLength: 1, maxLength: 200 }).filter((text) => text.trim() !== ''),
    address: fc.string({ maxLength: 150 }),
    name: fc.string({ maxLength: 60 }),
    phone: fc.constantFrom('', '13800000000', ' 0760-88888888 '),
    protected: fc.boolean(),
    callBackWanted: fc.boolean(),
    notify: fc.boolean(),
    onBehalf: fc.boolean(),
    behalfOfName: fc.string({ maxLength: 60 }),
    behalfOfPhone: fc.constantFrom('', '13800000001'),
    answers: fc.constantFrom([], [{ code: 'n', required: true, value: '2', line: '几盏：2' }]),
    sound: fc.option(
      fc.constant({ fileId: emptyDraft('report').caseId, kind: 'sound' as const, name: 'voice.webm', blob: new Blob(['x']) }),
      { nil: undefined },
    ),
    place: fc.constantFrom({}, { point: { lon: 113.38, lat: 22.52 }, named: '石岐街道' }, { areaId: emptyDraft('report').caseId }),
  })
  .map(({ sound, ...part }): Draft => ({ ...emptyDraft(part.id), ...part, ...(sound ? { sound } : {}) }));

test('every draft without a fault is a filing that the API takes', () => {
  fc.assert(
    fc.property(drafts, (one) => {
      fc.pre(faultsOf(one).length === 0);
      expect(Value.Check(NewCase, JSON.parse(JSON.stringify(filingOf(one))))).toBe(true);
    }),
  );
});

test('a refused filing that comes back unchanged is the same filing, so it can never be filed twice', () => {
  fc.assert(
    fc.property(drafts, (one) => {
      expect(filingOf(draftFrom(filingOf(one), filesOf(one)))).toEqual(filingOf(one));
    }),
  );
});

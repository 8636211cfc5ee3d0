import { describe, expect, test } from 'vitest';
import { differing, type Find, keyOf, lackingKeys, lackingOf, readRow, suggestRegisterMap } from './rules.ts';

const find: Find = (_column, words) =>
  words === '两个' ? 'nameAmbiguous' : words.startsWith('没有') ? 'nameUnknown' : { id: `id-${words}` };
const shifts = suggestRegisterMap('shifts', ['单位', '岗位', '班次', '开始', '结束']);
const row = (startsAt: string, more: Readonly<Record<string, string>> = {}) =>
  readRow(shifts, { 单位: '甲办', 岗位: '承办员', 班次: '夜班', 开始: startsAt, 结束: '2026-10-10 08:00', ...more }, find);

describe('a header', () => {
  test('is read in the language it is written in, as exports write it', () => {
    expect(shifts).toMatchObject({ language: 'zh', columns: { organization: '单位', startsAt: '开始' } });
    expect(suggestRegisterMap('organizations', ['Name', 'Area', 'Something'])).toMatchObject({
      language: 'en',
      columns: { name: 'Name', area: 'Area' },
    });
  });
  test('must say by what each row is known: the id, or all that names it', () => {
    expect(lackingKeys(shifts)).toEqual([]);
    expect(lackingKeys({ register: 'organizations', columns: { name: '名' } })).toEqual(['area']);
    expect(lackingKeys({ register: 'organizations', columns: { id: '号' } })).toEqual([]);
  });
});

describe('a row', () => {
  test.each(['2026-10-09 18:00', '2026/10/9 18:00:00', '2026年10月9日 18:00', '46304.75'])(
    'written %s begins at ten in the morning, UTC',
    (at) => {
      expect(row(at)).toMatchObject({ startsAt: '2026-10-09T10:00:00.000Z', kind: 'night', organization: 'id-甲办' });
    },
  );
  test('that cannot be read says which cell and why', () => {
    expect(row('2026-02-30 18:00')).toEqual({ code: 'cellUnfit', field: 'startsAt' });
    expect(row('')).toEqual({ code: 'cellMissing', field: 'startsAt' });
    expect(row('2026-10-09 18:00', { 班次: '某班' })).toEqual({ code: 'codeUnknown', field: 'kind' });
    expect(row('2026-10-09 18:00', { 单位: '没有的' })).toEqual({ code: 'nameUnknown', field: 'organization' });
    expect(row('2026-10-09 18:00', { 岗位: '两个' })).toEqual({ code: 'nameAmbiguous', field: 'post' });
  });
  test('loses what an export put before words that a spreadsheet would run', () => {
    const map = suggestRegisterMap('articles', ['标题', '内容', '类别', '负责单位']);
    const read = readRow(map, { 标题: "'=1+1", 内容: "'引文'", 类别: '乙、甲', 负责单位: '甲办' }, find);
    expect(read).toEqual({ title: '=1+1', body: "'引文'", categories: ['id-乙', 'id-甲'].sort(), organization: 'id-甲办' });
  });
  test('differs only in what it says, and a new one lacks what it must have', () => {
    const read = { name: '甲办', area: 'a', mark: null };
    expect(differing('organizations', { name: '甲办', area: 'a', mark: '甲', kind: 'department' }, read).map(({ id }) => id)).toEqual([
      'mark',
    ]);
    expect(lackingOf('organizations', read)).toEqual({ code: 'cellMissing', field: 'kind' });
    expect(keyOf('organizations', { name: '甲办' })).toBeUndefined();
  });
});

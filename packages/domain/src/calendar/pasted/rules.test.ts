import { describe, expect, it } from 'vitest';
import { readNotice } from './rules.ts';

describe('the notice of a year as people paste it', () => {
  it('is read day by day, by runs of days, in Chinese or by figures', () => {
    expect(readNotice('1月1日-1月3日 放假 元旦\n2027-01-04\t上班\t元旦\n\n2/8～2/9，off，Spring Festival', 2027)).toEqual({
      ok: true,
      exceptions: [
        { day: '2027-01-01', kind: 'off', reason: '元旦' },
        { day: '2027-01-02', kind: 'off', reason: '元旦' },
        { day: '2027-01-03', kind: 'off', reason: '元旦' },
        { day: '2027-01-04', kind: 'work', reason: '元旦' },
        { day: '2027-02-08', kind: 'off', reason: 'Spring Festival' },
        { day: '2027-02-09', kind: 'off', reason: 'Spring Festival' },
      ],
    });
  });
  it('names the first line that cannot be read', () => {
    expect(readNotice('1月1日 放假 元旦\n元旦 放假', 2027)).toEqual({ ok: false, line: 2 });
    expect(readNotice('1月1日 也许', 2027)).toEqual({ ok: false, line: 1 });
    expect(readNotice('1月9日至1月1日 放假', 2027)).toEqual({ ok: false, line: 1 });
    expect(readNotice('', 2027)).toEqual({ ok: false, line: 1 });
  });
});

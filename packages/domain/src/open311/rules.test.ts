import { describe, expect, it } from 'vitest';
import type { Question } from '../category/schema.ts';
import { argumentsOf, attributeOf, partsOf, readAsked, readReport, unreadable, wantsExtensions } from './rules.ts';

/** What the server's own reader makes of a form; bytes that are no UTF-8 become the sign for it. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return '\ufffd';
  }
};
const given = (text: string) =>
  argumentsOf(
    text
      .split('&')
      .map((pair) => [pair.split('=', 1)[0]!, pair.slice(pair.indexOf('=') + 1)] as const)
      .map(([name, value]) => [decoded(name), decoded(value)] as const),
  );
const NOW = '2026-09-30T13:40:00.000Z';
const questions: readonly Question[] = [
  { code: 'note', kind: 'note', required: false, label: { zh: '请先读' } },
  { code: 'pole', kind: 'text', required: true, label: { zh: '灯杆编号', en: 'Pole' } },
  { code: 'more', kind: 'longText', required: false, label: { zh: '详情' } },
  { code: 'lamps', kind: 'number', required: false, label: { zh: '盏数' } },
  { code: 'since', kind: 'instant', required: false, label: { zh: '何时起' } },
  {
    code: 'size',
    kind: 'choice',
    required: false,
    label: { zh: '大小' },
    options: [
      { value: 's', label: { zh: '小', en: 'Small' } },
      { value: 'l', label: { zh: '大' } },
    ],
  },
  {
    code: 'kinds',
    kind: 'choices',
    required: false,
    label: { zh: '种类' },
    options: [
      { value: 'a', label: { zh: '甲' } },
      { value: 'b', label: { zh: '乙' } },
    ],
  },
];
const service = (code: string) =>
  code === 'lamp' ? { label: { zh: '路灯不亮' }, questions } : code === 'plain' ? { label: { zh: '其他' }, questions: [] } : undefined;
const report = (text: string) => readReport(given(text), service);
const refusalsOf = (text: string): string[] => {
  const read = report(text);
  return read.ok ? [] : read.refused.map(({ status, code, argument }) => `${status} ${code} ${argument}`);
};
const GOOD = 'service_code=plain&lat=22.02&long=113.02';

describe('a request', () => {
  it('without a service, without a place or of an unknown service is refused by name', () => {
    expect(refusalsOf('lat=1&long=1')).toEqual(['400 missing service_code']);
    expect(refusalsOf('service_code=&description=x')).toEqual([
      '400 missing service_code',
      '400 locationMissing lat, long, address_string, address_id',
    ]);
    expect(refusalsOf('service_code=constructor&lat=1&long=1')).toEqual(['404 notFound service_code']);
  });

  it.each([
    ['lat=22', '400 missing long'],
    ['long=113', '400 missing lat'],
    ['lat=91&long=0', '400 unfit lat'],
    ['lat=0&long=181', '400 unfit long'],
    ['lat=NaN&long=0', '400 unfit lat'],
    ['lat=1e1&long=0', '400 unfit lat'],
    ['lat=1&lat=2&long=0', '400 twice lat'],
    ['address_id=x', '400 unfit address_id'],
    [`address_string=${'x'.repeat(401)}`, '400 tooLong address_string'],
  ])('at %s has no place', (place, refusal) => {
    expect(refusalsOf(`service_code=plain&${place}`)).toEqual([refusal]);
  });

  it.each([
    ['phone=abc', '400 unfit phone'],
    [`first_name=${'x'.repeat(40)}`, '400 tooLong first_name'],
    [`description=${'灯'.repeat(4001)}`, '400 tooLong description'],
    ['description=a&description=b', '400 twice description'],
    ['media_url=javascript:alert(1)', '400 unfit media_url'],
    ['media_url=http://user@host/x', '400 unfit media_url'],
    ['media_url=file:///etc/passwd', '400 unfit media_url'],
    [`media_url=http://x/${'x'.repeat(1000)}`, '400 tooLong media_url'],
  ])('with %s is refused', (part, refusal) => {
    expect(refusalsOf(`${GOOD}&${part}`)).toEqual([refusal]);
  });

  it('tells every fault at once', () => {
    expect(refusalsOf('service_code=lamp&lat=x&long=y&phone=no&attribute[size]=m')).toEqual([
      '400 unfit lat',
      '400 unfit long',
      '400 unfit phone',
      '400 missing attribute[pole]',
      '400 notOffered attribute[size]',
    ]);
  });

  it.each([
    ['attribute[size]=s&attribute[size]=l', '400 twice attribute[size]'],
    ['attribute[kinds][]=a&attribute[kinds][]=z', '400 notOffered attribute[kinds]'],
    ['attribute[lamps]=many', '400 unfit attribute[lamps]'],
    ['attribute[since]=yesterday', '400 unfit attribute[since]'],
    ['attribute[since]=2026-02-30T10:00:00Z', '400 unfit attribute[since]'],
    [`attribute[more]=${'x'.repeat(2001)}`, '400 tooLong attribute[more]'],
  ])('that answers %s is refused', (answer, refusal) => {
    expect(refusalsOf(`service_code=lamp&lat=1&long=1&attribute[pole]=A1&${answer}`)).toEqual([refusal]);
  });

  it('has its answers below its words, in the words of the options, and its address of a picture as words', () => {
    const read = report(
      'service_code=lamp&lat=22.02&long=113.02&address_string=%E8%B7%AF%E5%8F%A3&description=%E4%B8%8D%E4%BA%AE&attribute[pole]=A-1&attribute[size]=s' +
        '&attribute[kinds][]=b&attribute[kinds][]=a&attribute[lamps]=3&attribute[since]=2026-09-30T10:00:00%2B08:00&attribute[note]=x&attribute[else]=y' +
        '&media_url=https%3A%2F%2Fpics.example%2F1.jpg&first_name=%E4%B8%89&last_name=%E5%BC%A0&phone=13800138000&email=a%40b.example&device_id=tt1',
    );
    expect(read).toEqual({
      ok: true,
      value: {
        categoryId: 'lamp',
        text: '不亮\n灯杆编号：A-1\n盏数：3\n何时起：2026-09-30T10:00:00+08:00\n大小：小\n种类：乙、甲\n附图网址：https://pics.example/1.jpg',
        point: { lon: 113.02, lat: 22.02 },
        address: '路口',
        reporter: { name: '张三', phone: '13800138000' },
      },
    });
  });

  it('without words says what it is about', () => {
    expect(report(GOOD)).toEqual({ ok: true, value: { categoryId: 'plain', text: '其他', point: { lon: 113.02, lat: 22.02 } } });
    expect(report(`${GOOD}&first_name=John&last_name=Smith`)).toMatchObject({ value: { reporter: { name: 'John Smith' } } });
  });
});

describe('a list', () => {
  const asked = (text: string) => readAsked(given(text), NOW);
  const refusals = (text: string) => {
    const read = asked(text);
    return read.ok ? [] : read.refused.map(({ code, argument }) => `${code} ${argument}`);
  };

  it.each([
    ['start_date=yesterday', 'unfit start_date'],
    ['start_date=2026-09-01', 'unfit start_date'],
    ['start_date=2026-09-01T00:00:00', 'unfit start_date'],
    ['end_date=2026-13-01T00:00:00Z', 'unfit end_date'],
    ['end_date=0001-01-01T00:00:00Z', 'unfit end_date'],
    ['start_date=2026-09-02T00:00:00Z&end_date=2026-09-01T00:00:00Z', 'rangeBackwards end_date'],
    ['start_date=2026-06-01T00:00:00Z&end_date=2026-08-30T00:00:01Z', 'rangeTooLong end_date'],
    ['status=pending', 'unfit status'],
    ['page=0', 'unfit page'],
    ['page_size=1001', 'unfit page_size'],
    ['page=1.5', 'unfit page'],
    ['page=1&page=2', 'twice page'],
    [`service_request_id=${'x,'.repeat(1001)}`, 'tooMany service_request_id'],
  ])('asked by %s is refused', (text, refusal) => expect(refusals(text)).toEqual([refusal]));

  it('is of the last ninety days and at most a thousand requests, unless it says otherwise', () => {
    expect(asked('')).toEqual({ ok: true, value: { from: '2026-07-02', to: '2026-09-30', limit: 1000, offset: 0 } });
    expect(asked('start_date=2026-01-01T00:00:00Z')).toMatchObject({ value: { from: '2026-01-01', to: '2026-04-01' } });
    expect(asked('start_date=2026-09-29T20:00:00Z')).toMatchObject({ value: { from: '2026-09-30', to: '2026-09-30' } });
    expect(asked('end_date=2026-05-01T00:00:00 08:00')).toMatchObject({ value: { from: '2026-01-31', to: '2026-05-01' } });
    expect(asked('start_date=2026-06-01T00:00:00Z&end_date=2026-08-30T00:00:00Z')).toMatchObject({ ok: true });
    expect(asked('start_date=2027-01-01T00:00:00Z')).toMatchObject({ value: { from: '2027-01-01', to: '2027-01-01' } });
  });

  it('of numbers asks for nothing else', () => {
    expect(asked('service_request_id=GD1, GD2,&status=x&start_date=never')).toEqual({ ok: true, value: { numbers: ['GD1', 'GD2'] } });
  });

  it('may be of kinds, of a state, and a page', () => {
    expect(asked('service_code=a,b&service_code=c&status=closed&page=3&page_size=20')).toMatchObject({
      value: { services: ['a', 'b', 'c'], closed: true, limit: 20, offset: 40 },
    });
    expect(asked('status=open,closed')).not.toHaveProperty('value.closed');
  });
});

describe('the way it is written', () => {
  it('takes the format from the ending, also of codes with a point', () => {
    expect(partsOf('municipal.lampOut.json')).toEqual({ id: 'municipal.lampOut', format: 'json' });
    for (const file of ['services', 'x.yaml', '.xml', 'x.xml.', 'x.JSON']) expect(partsOf(file)).toBeUndefined();
  });

  it('holds nothing that can be stored nowhere', () => {
    expect(unreadable(given('description=a%00b&name=%ff&attribute[x]=fine'))).toEqual([
      { status: 400, code: 'badCharacters', argument: 'description' },
      { status: 400, code: 'badCharacters', argument: 'name' },
    ]);
    expect(unreadable(given('%00=x'))).toEqual([{ status: 400, code: 'badCharacters', argument: 'argument' }]);
    expect(wantsExtensions(given('extensions=true'))).toBe(true);
    expect(wantsExtensions(given('extensions=1'))).toBe(false);
  });

  it('names questions in the language asked for, with their options', () => {
    expect(questions.map((question, i) => attributeOf(question, i + 1, 'en')).map(({ datatype }) => datatype)).toEqual([
      ...['string', 'string', 'text', 'number', 'datetime', 'singlevaluelist', 'multivaluelist'],
    ]);
    expect(attributeOf(questions[5]!, 6, 'en')).toEqual({
      variable: true,
      code: 'size',
      datatype: 'singlevaluelist',
      required: false,
      datatype_description: null,
      order: 6,
      description: '大小',
      values: [
        { key: 's', name: 'Small' },
        { key: 'l', name: '大' },
      ],
    });
    expect(attributeOf(questions[0]!, 1, 'zh').variable).toBe(false);
  });
});

import type { Language } from '@tongxin/domain/label/schema.ts';
import type { Refused } from '@tongxin/domain/open311/rules.ts';
import type { Fault } from '@tongxin/domain/open311/schema.ts';
import { titleOf } from '../../platform/errors/plugin.ts';
import type { Problem } from '../../platform/errors/problem.ts';

type Words = Readonly<Record<Language, string>>;
/** What is said of a refusal; `{argument}` is its name in the standard. */
const WORDS = {
  missing: { zh: '缺少 {argument}。', en: '{argument} was not provided.' },
  notFound: { zh: '没有这个 {argument}。', en: '{argument} was not found.' },
  twice: { zh: '{argument} 只能给一次。', en: '{argument} may be given only once.' },
  tooLong: { zh: '{argument} 太长。', en: '{argument} is too long.' },
  unfit: { zh: '{argument} 的写法不对。', en: '{argument} is not written correctly.' },
  badCharacters: { zh: '{argument} 含有无法保存的字符；请用 UTF-8。', en: '{argument} holds characters that cannot be stored; use UTF-8.' },
  locationMissing: { zh: '缺少地点：{argument}，给一种即可。', en: 'The location was not provided: one of {argument}.' },
  notOffered: { zh: '{argument} 不在可选项中。', en: '{argument} is not one of the values offered.' },
  rangeBackwards: { zh: '{argument} 早于 start_date。', en: '{argument} is before start_date.' },
  rangeTooLong: { zh: 'start_date 到 {argument} 不能超过 90 天。', en: 'start_date to {argument} may not span more than 90 days.' },
  tooMany: { zh: '{argument} 一次最多 1000 个。', en: 'At most 1000 of {argument} at once.' },
  quotaUsed: { zh: '{argument} 今天的次数已用完，明天再试。', en: 'The requests of {argument} for today are used up; try again tomorrow.' },
  keyReused: { zh: '{argument} 已用于另一个请求。', en: '{argument} was used for another request.' },
  notForm: {
    zh: '{argument} 须为 application/x-www-form-urlencoded。',
    en: '{argument} must be application/x-www-form-urlencoded.',
  },
} as const satisfies Readonly<Record<Refused['code'] | 'quotaUsed' | 'keyReused' | 'notForm', Words>>;

/** One refusal; 403 and 404 as the standard has them, 429 for a quota, 400 for all else. */
export interface Open311Fault {
  readonly status: Refused['status'] | 429;
  readonly code: keyof typeof WORDS;
  readonly argument: string;
}

/** A refusal on its way to a client of the standard, with every fault found. */
export class Open311Refusal extends Error {
  readonly faults: readonly Open311Fault[];
  constructor(faults: readonly Open311Fault[]) {
    super(faults.map(({ code }) => code).join(', '));
    this.name = 'Open311Refusal';
    this.faults = faults;
  }
}
export const refusal = (status: Open311Fault['status'], code: Open311Fault['code'], argument: string): Open311Refusal =>
  new Open311Refusal([{ status, code, argument }]);

const said = ({ status, code, argument }: Open311Fault, language: Language): Fault => ({
  code: status,
  description: WORDS[code][language].replace('{argument}', argument),
});

/** The standard knows 400, 403 and 404; what says when to come again, and what is our own fault, stays what it is. */
const statusOf = ({ status }: Problem): number => {
  if (status === 401) return 403;
  return status >= 400 && status < 500 && ![403, 404, 429].includes(status) ? 400 : status;
};

/** The standard's answer to anything thrown: HTTP status and the list of errors. */
export const faultsOf = (problem: Problem | Open311Refusal, language: Language): { status: number; faults: readonly Fault[] } => {
  if (problem instanceof Open311Refusal) {
    const faults = problem.faults.map((fault) => said(fault, language));
    return { status: faults[0]!.code, faults };
  }
  if (problem.code === 'unsupportedMediaType')
    return { status: 400, faults: [said({ status: 400, code: 'notForm', argument: 'content-type' }, language)] };
  const status = statusOf(problem);
  return { status, faults: [{ code: status, description: titleOf(problem, language) }] };
};

import type { Form } from './schema.ts';

/**
 * What no form may ask of a person, whoever wants it: faith and nationality, political standing, petitions made, belonging to watched "key" people,
 * points and scores of persons, faces and whereabouts. It reads ids and words of questions, sections and choices; it errs towards refusing.
 */
export const FORBIDDEN = [
  ['belief', /宗教|信教|信仰|教徒|信徒|教派|邪教|礼拜|\b(religi\w*|faith|belie(f|ver)s?|church|mosque|sect|cult)\b/iu],
  ['nationality', /民族|族别|\bethnic\w*|\bnationalit(y|ies)\b/iu],
  ['politics', /政治面貌|政治倾向|政治立场|思想动态|党派|是否党员|\bpolitic\w*|\bparty member\w*/iu],
  ['petition', /上访|缠访|闹访|越级访|进京访|信访(史|记录|情况|次数|人员)|非访|\bpetition\w*/iu],
  [
    'watched',
    /重点人|重点人员|重点关注人员|重点管控|稳控|管控(对象|人员)|五类人员|涉稳|前科|刑满|吸毒|\bkey (person|people|individual)s?\b|\bwatch ?list\w*|\bcriminal record\w*/iu,
  ],
  [
    'score',
    /(信用|文明|道德|表现|风险)?(评分|打分|得分|积分|扣分|分值)|(个人|人员)(等级|评级|画像)|(红|黄|绿)码|\bscor(e|es|ing)\b|\bcredit rating\b|\brisk level of (the )?person\b/iu,
  ],
  ['face', /人脸|面部识别|面部采集|刷脸|虹膜|指纹采集|\bface (recognition|id|photo|scan)\w*|\bfacial\b|\biris\b|\bbiometric\w*/iu],
  ['whereabouts', /行踪|轨迹|手机定位|去向监测|\bwhereabouts\b|\btrajector\w*|\bphone location\b/iu],
] as const satisfies readonly (readonly [string, RegExp])[];

export type ForbiddenKind = (typeof FORBIDDEN)[number][0];
export interface ForbiddenQuestion {
  /** Section or question. */
  readonly id: string;
  readonly kind: ForbiddenKind;
}

/** `petitionHistory` as its words. */
const wordsOfCode = (code: string): string => code.replace(/([A-Z])/gu, ' $1').toLowerCase();

const kindOf = (words: readonly (string | undefined)[]): ForbiddenKind | undefined => {
  const text = words.filter((word) => word !== undefined).join('\n');
  // Blanks between Chinese signs hide nothing.
  const close = text.replace(/(?<=[\u4e00-\u9fff])[\s·._-]+(?=[\u4e00-\u9fff])/gu, '');
  return FORBIDDEN.find(([, pattern]) => pattern.test(text) || pattern.test(close))?.[0];
};

/** Questions and sections a form may not have. Empty: it may be published. */
export const forbiddenIn = (form: Form): ForbiddenQuestion[] => {
  const title = kindOf([wordsOfCode(form.id), form.title.zh, form.title.en]);
  return [
    ...(title ? [{ id: form.id, kind: title }] : []),
    ...form.sections.flatMap((section) => {
      const heading = kindOf([wordsOfCode(section.id), section.label.zh, section.label.en]);
      return [
        ...(heading ? [{ id: section.id, kind: heading }] : []),
        ...section.questions.flatMap(({ id, label, hint, options }) => {
          const kind = kindOf([
            wordsOfCode(id),
            label.zh,
            label.en,
            hint?.zh,
            hint?.en,
            ...(options ?? []).flatMap((option) => [wordsOfCode(option.value), option.label.zh, option.label.en]),
          ]);
          return kind ? [{ id, kind }] : [];
        }),
      ];
    }),
  ];
};

/** What is wrong with a form's make: names used twice, branches on what is not asked before, choices without options. Codes with the place. */
export const flawsOf = (form: Form): { readonly id: string; readonly why: string }[] => {
  const flaws: { id: string; why: string }[] = [];
  const flaw = (id: string, why: string): void => void flaws.push({ id, why });
  const departments = new Set(form.departments.map(({ code }) => code));
  const sections = new Set<string>();
  const before = new Set<string>();
  const everywhere = new Set<string>();
  for (const section of form.sections) {
    if (sections.has(section.id) || everywhere.has(section.id)) flaw(section.id, 'twice');
    sections.add(section.id);
    if (section.repeat && section.repeat.least > section.repeat.most) flaw(section.id, 'rowsCannotFit');
    const here = new Set<string>();
    const known = (id: string): boolean => before.has(id) || here.has(id);
    const tests = (when: Form['sections'][number]['when']): string[] =>
      [...(when?.all ?? []), ...(when?.any ?? [])].map(({ question }) => question);
    for (const id of tests(section.when)) if (!before.has(id)) flaw(section.id, 'branchOnUnknown');
    for (const question of section.questions) {
      if (everywhere.has(question.id) || sections.has(question.id)) flaw(question.id, 'twice');
      everywhere.add(question.id);
      for (const id of tests(question.when)) if (!known(id)) flaw(question.id, 'branchOnUnknown');
      if ((question.kind === 'choice' || question.kind === 'choices') !== (question.options !== undefined)) flaw(question.id, 'options');
      for (const code of question.askedBy ?? []) if (!departments.has(code)) flaw(question.id, 'departmentUnknown');
      if (question.personal && form.kind === 'premises') flaw(question.id, 'personalOfPremises');
      here.add(question.id);
    }
    if (!section.repeat) for (const id of here) before.add(id);
  }
  return flaws;
};

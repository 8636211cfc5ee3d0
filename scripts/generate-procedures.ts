import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Limit } from '@tongxin/domain/clock/schema.ts';
import { procedureMermaid, procedureSvg } from '@tongxin/domain/diagram/rules.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import { BUILT_IN } from '@tongxin/server/built-in.ts';

const WORDS = {
  zh: {
    stages: '办理环节',
    actions: '动作',
    clocks: '时限',
    stage: '环节',
    told: '诉求人看到',
    action: '动作',
    from: '从',
    to: '到',
    who: '由谁',
    limit: '期限',
    source: '依据',
    category: '按事项类别，否则',
    toDay: '按表单写明的日期',
    same: '不变',
  },
  en: {
    stages: 'Stages',
    actions: 'Actions',
    clocks: 'Clocks',
    stage: 'Stage',
    told: 'The reporter reads',
    action: 'Action',
    from: 'From',
    to: 'To',
    who: 'By',
    limit: 'Limit',
    source: 'Source',
    category: 'by category, otherwise',
    toDay: 'on the day written in the form',
    same: 'stays',
  },
} as const;

const UNITS = {
  zh: { hour: '小时', workingHour: '工作时', workingDay: '个工作日', day: '日', month: '个月' },
  en: { hour: 'hours', workingHour: 'working hours', workingDay: 'working days', day: 'days', month: 'months' },
} as const;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
/** A limit of nothing stands where the clock runs to a day given in a form. */
const limitWords = ({ amount, unit }: Limit, language: Language): string =>
  amount === 0 ? WORDS[language].toDay : `${amount}${language === 'en' ? ' ' : ''}${UNITS[language][unit]}`;

const page = (procedure: Procedure, language: Language): string => {
  const t = WORDS[language];
  const name = (id: string): string => inLanguage(procedure.stages[id]!.label, language);
  const stages = Object.entries(procedure.stages).map(
    ([id, stage]) =>
      `| \`${id}\` | ${cell(inLanguage(stage.label, language))} | ${cell(inLanguage(stage.told, language))} | ${stage.end ?? ''} |`,
  );
  const actions = Object.entries(procedure.actions).map(([id, action]) => {
    const to = action.to === 'same' ? t.same : name(action.to);
    const who = action.by.map((by) => (by.capability ? `${by.relation}: ${by.capability}` : by.relation)).join('; ');
    return `| \`${id}\` | ${cell(inLanguage(action.label, language))} | ${cell(action.from.map(name).join(language === 'zh' ? '、' : ', '))} | ${cell(to)} | ${action.duty} | ${who} |`;
  });
  const clocks = Object.entries(procedure.clocks).map(([id, clock]) => {
    const limit =
      'fixed' in clock.limit ? limitWords(clock.limit.fixed, language) : `${t.category} ${limitWords(clock.limit.otherwise, language)}`;
    return `| \`${id}\` | ${cell(inLanguage(clock.label, language))} | ${limit} | ${cell(clock.source)} |`;
  });
  return `# ${inLanguage(procedure.title, language)} · \`${procedure.id}\` ${procedure.version}

${procedure.source}

![${inLanguage(procedure.title, language)}](${procedure.id}.${language}.svg)

## ${t.stages}

| id | ${t.stage} | ${t.told} | end |
|---|---|---|---|
${stages.join('\n')}

## ${t.actions}

| id | ${t.action} | ${t.from} | ${t.to} | duty | ${t.who} |
|---|---|---|---|---|---|
${actions.join('\n')}

## ${t.clocks}

| id | ${t.clocks} | ${t.limit} | ${t.source} |
|---|---|---|---|
${clocks.join('\n')}

\`\`\`mermaid
${procedureMermaid(procedure, language)}\`\`\`
`;
};

/** Writes docs/generated/procedures: a page and a picture of every built-in procedure in each language. Answers what was written. */
export const generateProcedures = (root: string): string[] => {
  const folder = join(root, 'docs/generated/procedures');
  mkdirSync(folder, { recursive: true });
  return BUILT_IN.flatMap((procedure) =>
    (['zh', 'en'] as const).flatMap((language) => {
      const [text, picture] = [join(folder, `${procedure.id}.${language}.md`), join(folder, `${procedure.id}.${language}.svg`)];
      writeFileSync(text, page(procedure, language));
      writeFileSync(picture, `${procedureSvg(procedure, language)}\n`);
      return [text, picture];
    }),
  );
};

if (import.meta.main) for (const file of generateProcedures(resolve(import.meta.dirname, '..'))) process.stdout.write(`${file}\n`);

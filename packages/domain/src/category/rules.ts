import type { DemandKind } from '../case/schema.ts';
import type { Label } from '../label/schema.ts';
import type { Answer, CategoryView, Question } from './schema.ts';

/** A category that words suggest, with the very pieces of them that did: a proposal shows its reason, and nobody is bound by it. */
export interface Proposal {
  readonly categoryId: string;
  readonly because: readonly string[];
}

/** What a text and a name can have in common: pairs of neighbouring Chinese characters, and English words of four letters or more. */
const piecesOf = (words: string): Set<string> => {
  const pieces = new Set<string>();
  for (const [run] of words.matchAll(/\p{Script=Han}+/gu)) {
    const signs = [...run];
    for (let i = 0; i + 1 < signs.length; i++) pieces.add(`${signs[i]}${signs[i + 1]}`);
  }
  for (const [word] of words.toLowerCase().matchAll(/[a-z]{4,}/gu)) pieces.add(word.replace(/s$/u, ''));
  return pieces;
};

/** Pieces side by side read as one: 路灯, 灯不, 不亮 → 路灯不亮. */
const joined = (name: string, matched: ReadonlySet<string>): string[] => {
  const signs = [...name];
  const runs: string[] = [];
  let open = '';
  for (let i = 0; i + 1 < signs.length; i++) {
    const piece = `${signs[i]}${signs[i + 1]}`;
    if (matched.has(piece)) open = open ? open + signs[i + 1] : piece;
    else if (open) {
      runs.push(open);
      open = '';
    }
  }
  if (open) runs.push(open);
  return runs.length ? runs : [...matched];
};

const MOST = 3;
/** Of what makes a name out; below this a likeness is chance. */
const ENOUGH = 0.3;

/**
 * Categories whose name a text comes near, the nearest first, three at most. A piece weighs by how few names have it: 咨询, which many have, says
 * little; 路灯, which one has, says all. No list of words to be kept and nothing learnt from anybody's reports.
 */
export const proposeCategories = (
  text: string,
  categories: readonly (Pick<CategoryView, 'id' | 'parentId'> & { readonly name: Label })[],
): Proposal[] => {
  const parents = new Set(categories.map(({ parentId }) => parentId));
  const leaves = categories
    .filter(({ id }) => !parents.has(id))
    .map(({ id, name }) => ({ id, name, pieces: [piecesOf(name.zh), piecesOf(name.en ?? '')].filter(({ size }) => size > 0) }));
  const names = new Map<string, number>();
  for (const { pieces } of leaves) for (const set of pieces) for (const piece of set) names.set(piece, (names.get(piece) ?? 0) + 1);
  /** What a name begins with is the thing it is about, and weighs double. */
  const weight = (piece: string, set: ReadonlySet<string>): number =>
    (set.values().next().value === piece ? 2 : 1) / (names.get(piece) ?? 1);
  const said = piecesOf(text.slice(0, 2000));
  return leaves
    .flatMap(({ id, name, pieces }) => {
      const best = pieces
        .map((set) => {
          const matched = new Set([...set].filter((piece) => said.has(piece)));
          const all = [...set].reduce((sum, piece) => sum + weight(piece, set), 0);
          return { matched, score: [...matched].reduce((sum, piece) => sum + weight(piece, set), 0) / all };
        })
        .sort((a, b) => b.score - a.score)[0];
      return best && best.score >= ENOUGH ? [{ categoryId: id, because: joined(name.zh, best.matched), score: best.score }] : [];
    })
    .sort((a, b) => b.score - a.score || (a.categoryId < b.categoryId ? -1 : 1))
    .slice(0, MOST)
    .map(({ categoryId, because }) => ({ categoryId, because }));
};

/** Words by which people say what they want, the plainest first. */
const WANTS: readonly (readonly [DemandKind, readonly string[]])[] = [
  ['praise', ['表扬', '感谢', '点赞', '谢谢你们', 'thank you', 'well done']],
  ['report', ['举报', '违法', '偷排', '无证', 'illegal']],
  ['complaint', ['投诉', '态度差', '不满', '不作为', 'complain']],
  ['suggestion', ['建议', '能不能增设', '希望增加', '希望能', 'suggest']],
  ['consultation', ['请问', '咨询', '怎么办理', '如何办理', '需要什么材料', '什么时候能', 'how do i', 'how can i']],
  ['help', ['帮忙', '求助', '坏了', '不亮', '漏水', '堵了', '没水', '停电', '破损', 'broken', 'please fix', 'help']],
];

/** What somebody seems to want, with the word that says so; undefined where nothing does. */
export const proposeDemand = (text: string): { readonly kind: DemandKind; readonly because: string } | undefined => {
  const low = text.toLowerCase();
  for (const [kind, words] of WANTS) {
    const because = words.find((word) => low.includes(word));
    if (because) return { kind, because };
  }
  return undefined;
};

/** An answer to a category's question as a line of the report; empty where nothing was answered. */
export const answerLine = ({ kind, label, options = [] }: Question, value: string | readonly string[]): string => {
  const values = (typeof value === 'string' ? [value] : value).map((one) => one.trim()).filter((one) => one !== '');
  if (values.length === 0 || kind === 'note') return '';
  const said =
    kind === 'choice' || kind === 'choices'
      ? values.flatMap((one) => options.find((option) => option.value === one)?.label.zh ?? [])
      : values.map((one) => (kind === 'instant' ? one.replace('T', ' ') : one.replace(/\s+/gu, ' ')));
  return said.length ? `${label.zh}：${said.join('、')}` : '';
};

/** For whoever works on it, and so in Chinese. */
const UNKNOWN = '说不清';

const lineOf = (question: Question, { value, isUnknown }: Pick<Answer, 'value' | 'isUnknown'>): string =>
  isUnknown ? `${question.label.zh}：${UNKNOWN}` : answerLine(question, value);

/** An answer to each question that wants one: what was said so far, judged as the question stands now, or none yet. */
export const answersTo = (questions: readonly Question[], said: readonly Answer[] = []): Answer[] =>
  questions
    .filter(({ kind }) => kind !== 'note')
    .map((question) => {
      const { code, required, kind } = question;
      const answer = said.find((one) => one.code === code) ?? { value: kind === 'choices' ? [] : '' };
      return { ...answer, code, required, line: lineOf(question, answer) };
    });

/** The same answers with one of them given, or said to be unknown. */
export const answered = (answers: readonly Answer[], question: Question, value: Answer['value'] | { readonly isUnknown: true }): Answer[] =>
  answers.map((one) => {
    if (one.code !== question.code) return one;
    const isUnknown = typeof value === 'object' && 'isUnknown' in value;
    const said = isUnknown ? { value: question.kind === 'choices' ? [] : '', isUnknown } : { value };
    return { code: one.code, required: one.required, ...said, line: lineOf(question, said) };
  });

/** Whether something that must be answered is not. */
export const lacksAnswers = (answers: readonly Answer[]): boolean => answers.some(({ required, line }) => required && !line);

/** How many signs the words of a report hold at most, with what was answered. */
export const MOST_SIGNS = 10_000;

/** How many signs of a report, its words and what was answered, are too many; 0: it fits. */
export const signsOver = (text: string, answers: readonly Answer[]): number =>
  Math.max(0, [...withAnswers(text.trim(), answers)].length - MOST_SIGNS);

/** The words of a report with what was answered, a line each. */
export const withAnswers = (text: string, answers: readonly Answer[]): string =>
  [text, ...answers.map(({ line }) => line).filter((line) => line !== '')].join('\n');

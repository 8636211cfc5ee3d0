import type { LimitSource, Rung } from '@tongxin/domain/clock/schema.ts';
import type { Action, Field, Procedure } from '@tongxin/domain/procedure/schema.ts';
import type { Finding, Step } from '@tongxin/domain/soundness/schema.ts';
import { FIRST_LOCAL_VERSION, isLocalVersion } from '@tongxin/domain/variant/schema.ts';
import { useWords, type Words } from '../i18n/i18n.tsx';

type Part = 'stages' | 'actions' | 'clocks';
const ONE_OF = { stages: 'procedure.stage', actions: 'procedure.action', clocks: 'procedure.clock' } as const satisfies Record<
  Part,
  string
>;

/** How long a clock runs. One of no length has none of its own: it runs to a day given in a form (`until` in domain/procedure). */
export const limitSourceIn = ({ t, limit }: Pick<Words<'procedure'>, 't' | 'limit'>, source: LimitSource): string => {
  if ('fixed' in source) return source.fixed.amount === 0 ? t('procedure.toDay') : limit(source.fixed);
  return t('procedure.byCategory', { limit: limit(source.otherwise) });
};

/** A definition in words: limits, who may, reminders, fields, findings and the way to them. */
const wordsOf = ({ t, of, l, limit, list, language }: Words<'procedure'>) => {
  const version = (number: number): string =>
    isLocalVersion(number)
      ? t('procedure.localVersion', { n: number - FIRST_LOCAL_VERSION + 1 })
      : t('procedure.version', { version: number });
  const limitSource = (source: LimitSource): string => limitSourceIn({ t, limit }, source);
  const capability = (code: string): string => of('procedure.capability', code, code);
  const who = ({ capability: code, relation }: Action['by'][number]): string =>
    code
      ? t('procedure.holder', { relation: t(`procedure.relation.${relation}`), capability: capability(code) })
      : t(`procedure.relation.${relation}`);
  const apart = (duties: NonNullable<Action['notBy']>): string =>
    t('procedure.apart', { duties: list(duties.map((duty) => t(`procedure.duty.${duty}`))) });
  const evidence = (asked: Action['evidence']): string =>
    asked?.min
      ? t('procedure.evidenceOf', { n: asked.min, kinds: list(asked.kinds.map((kind) => t(`form.kind.${kind}`))) })
      : t('procedure.noEvidence');
  const rung = ({ when, offset, tell, action }: Rung, procedure: Procedure): string => {
    const at = t(`procedure.rung.${when}`, { limit: offset ? limit(offset) : '' });
    const taken = action === undefined ? undefined : procedure.actions[action];
    if (taken) return t('procedure.takes', { when: at, action: l(taken.label) });
    return tell.length
      ? t('procedure.tells', { when: at, who: list(tell.map((one) => t(`procedure.tell.${one}`))) })
      : t('procedure.only', { when: at });
  };
  const field = (one: Field): string => {
    const options = one.options?.length ? [t('procedure.options', { list: one.options.map((option) => l(option.label)).join(' / ') })] : [];
    const hint = one.hint ? [t('procedure.fieldHint', { hint: l(one.hint) })] : [];
    const seen = one.seenBy?.includes('reporter') ? [t('procedure.seenByReporter')] : [];
    const head = t('procedure.fieldLine', {
      name: l(one.label),
      type: t(`procedure.type.${one.type}`),
      required: t(one.required ? 'procedure.required' : 'procedure.optional'),
    });
    return [head, ...options, ...hint, ...seen].join(t('procedure.semicolon'));
  };

  const answers = (procedure: Procedure, action: string, input: Readonly<Record<string, unknown>>): string[] => {
    const form = procedure.actions[action]?.form ?? [];
    return Object.entries(input).flatMap(([id, value]) => {
      const asked = form.find((one) => one.id === id);
      if (!asked || asked.type === 'organization') return [];
      const option = asked.options?.find((one) => one.value === value);
      const said = option ? l(option.label) : typeof value === 'boolean' ? t(value ? 'case.yes' : 'case.no') : '';
      return said ? [t('case.line', { name: l(asked.label), value: said })] : [];
    });
  };
  const step = (procedure: Procedure, taken: Step): string => {
    if (taken.kind === 'file') return t('procedure.step.file');
    if (taken.kind === 'task') return t(taken.opens ? 'procedure.step.opens' : 'procedure.step.done');
    const action = procedure.actions[taken.action];
    const name = action ? l(action.label) : taken.action;
    const given = answers(procedure, taken.action, taken.input);
    return given.length ? t('procedure.step.withAnswers', { action: name, answers: given.join(t('procedure.semicolon')) }) : name;
  };

  const named = (procedure: Procedure, id: string, parts: readonly Part[]): string => {
    for (const part of parts) if (Object.hasOwn(procedure[part], id)) return l(procedure[part][id]!.label);
    return id;
  };
  /** Where a finding is, by the names people know, and what is wrong there. */
  const finding = (procedure: Procedure, { rule, where, message }: Finding): { where: string; what: string; place?: string } => {
    const said = language === 'zh' ? message.zh : (message.en ?? message.zh);
    const what = said.startsWith(where) ? said.slice(where.length).replace(/^[：:]\s*/u, '') : said;
    const [place = '', at] = where.split('@');
    const [id = '', ...rest] = place.split('.');
    const order: readonly Part[] =
      rule === 'clocksStop'
        ? ['clocks', 'actions', 'stages']
        : rule === 'stageReachable' || rule === 'endReachable'
          ? ['stages', 'actions', 'clocks']
          : ['actions', 'clocks', 'stages'];
    const asked = rest[0] === 'form' ? procedure.actions[id]?.form?.find((one) => one.id === rest[1]) : undefined;
    const names = [
      named(procedure, id, order),
      ...(asked ? [l(asked.label)] : []),
      ...(at ? [named(procedure, at, ['stages', 'actions', 'clocks'])] : []),
    ];
    const part = order.find((name) => Object.hasOwn(procedure[name], id));
    return { where: names.join(' · '), what, ...(part ? { place: `${part}/${id}` } : {}) };
  };
  /** The basis of a limit, as it is written; `local` and the article in words. */
  const basis = (source: string): string =>
    source
      .replace(/^local\b/u, t('procedure.local'))
      .replace(/ Art\. (\d+)/gu, (_, n: string) => `${language === 'zh' ? '' : ' '}${t('procedure.article', { n })}`);
  const part = (name: Part, id: string, procedure: Procedure): string =>
    t('procedure.place', { part: t(ONE_OF[name]), name: named(procedure, id, [name]) });
  return { list, version, limit, limitSource, capability, who, apart, evidence, rung, field, step, finding, basis, part };
};

export type ProcedureWords = ReturnType<typeof wordsOf>;
export const useProcedureWords = (): ProcedureWords => wordsOf(useWords('procedure'));

import { permits } from '../soundness/definition/rules.ts';
import { explore, openToRespondent, takers } from '../soundness/explore/rules.ts';
import type { Procedure } from './schema.ts';

/**
 * Who may do what at which stage, over every reachable state: one line an action, `always` or `sometimes` (a condition must hold), with the
 * posts and relations that may. Reviewed by hand; `truth-table.test.ts` compares it with what is committed.
 */
export const truthTable = (procedure: Procedure): string => {
  const graph = explore(procedure, 200_000)!;
  const lines: string[] = [`# ${procedure.id} ${procedure.version}: stage × action × who`, ''];
  for (const [stage, { label, end }] of Object.entries(procedure.stages)) {
    const nodes = graph.nodes.filter((node) => node.stage === stage);
    lines.push(`## ${stage} ${label.zh}${end ? ` (end: ${end})` : ''}`);
    for (const [id, action] of Object.entries(procedure.actions)) {
      if (!action.from.includes(stage)) continue;
      const open = nodes.filter((node) => takers(procedure, id, node).length > 0).length;
      const when = open === nodes.length ? 'always' : open === 0 ? 'never' : 'sometimes';
      const who = action.by
        .filter((by) => permits(by) && (by.relation !== 'respondent' || openToRespondent(action)))
        .map((by) => (by.capability ? `${by.relation}:${by.capability}` : by.relation))
        .join(', ');
      const to = action.to === 'same' ? '·' : `→ ${action.to}`;
      lines.push(
        `  ${id.padEnd(22)} ${action.label.zh.padEnd(12, '　')} ${when.padEnd(9)} ${to.padEnd(18)} ${action.duty.padEnd(8)} ${who}${action.notBy ? ` [not by who did: ${action.notBy.join(', ')}]` : ''}`,
      );
    }
    lines.push('');
  }
  return lines.join('\n');
};

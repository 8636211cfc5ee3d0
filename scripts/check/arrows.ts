import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import type { Check, Violation } from './report.ts';

const ROOMS = ['apps', 'packages', 'packs', 'bench', 'e2e', 'scripts'];
interface Rules {
  readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
  readonly options: ICruiseOptions;
}

/** Who imports whom, by the rules of this repository's .dependency-cruiser.cjs, wherever `root` is. */
export const arrows: Check = {
  name: 'arrows',
  looksAt: 'imports between files (dependency-cruiser)',
  run: async (root) => {
    const rules = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as Rules;
    const rooms = ROOMS.filter((room) => existsSync(join(root, room)));
    if (rooms.length === 0) return { files: 0, violations: [] };
    const { output } = await cruise(
      rooms,
      { ...rules.options, baseDir: root, validate: true, ruleSet: { forbidden: [...rules.forbidden] } } as ICruiseOptions,
      rules.options.enhancedResolveOptions,
    );
    const { modules, summary } = output as ICruiseResult;
    const ours = modules.filter(({ source }) => ROOMS.some((room) => source.startsWith(`${room}/`)) && !source.includes('node_modules'));
    const violations = summary.violations.map(({ rule: { name }, from, to, cycle }): Violation => {
      const comment = rules.forbidden.find((rule) => rule.name === name)?.comment ?? '';
      const [why, ...mend] = comment.split(/(?<=[.:]) /u);
      const rule = { id: name, why: why ?? comment, mend: mend.join(' ') || 'Turn the import round, or move what both need.' };
      return {
        file: from,
        rule,
        found: `imports ${cycle ? cycle.map((step) => (typeof step === 'string' ? step : step.name)).join(' → ') : to}`,
      };
    });
    return { files: ours.length, violations };
  },
};

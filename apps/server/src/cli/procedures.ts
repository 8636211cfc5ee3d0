import { readFile, stat } from 'node:fs/promises';
import type { checkAll } from '../modules/procedure/index.ts';
import { Problem } from '../platform/errors/problem.ts';
import { type Command, CommandError } from './command.ts';

const modules = async () => ({ ...(await import('../modules/procedure/index.ts')), ...(await import('../built-in.ts')) });

/** Reads a definition file without reading a monster. */
const textOf = async (file: string): Promise<string> => {
  const { LARGEST } = await modules();
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new CommandError('fileMissing', `no such file: ${file}`);
  if (found.size > LARGEST) throw new CommandError('procedureTooLarge', `${file} is larger than ${LARGEST} bytes`);
  return readFile(file, 'utf8');
};

/** Findings of one file; a variant that makes its base unsound shows what the checker found in the whole. */
const checkText = async (text: string, file: string) => {
  const { BUILT_IN, checkAll, readDefinition, Unsound } = await modules();
  try {
    const builtIn = (id: string, version: number) => BUILT_IN.find((one) => one.id === id && one.version === version);
    return checkAll([readDefinition(text, builtIn)]).procedures[0]!;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const message = { zh: `${file}：${error.code}`, en: `${file}: ${error.code}` };
    const unfit = { rule: 'definition' as const, code: error.code, where: String(error.params.where ?? file), path: [], message };
    return { id: '', version: 0, stages: 0, actions: 0, findings: error instanceof Unsound ? error.findings : [unfit] };
  }
};

const told = (step: { kind: string; action?: string; opens?: boolean }): string =>
  step.kind === 'act' ? step.action! : step.kind === 'task' ? (step.opens ? 'task opened' : 'task closed') : 'filed';

/** `tongxin procedures check [file…]`: the built-in procedures, or those of the files. Needs no database. */
export const proceduresCheck: Command = {
  name: 'procedures check',
  describe: 'checks procedures for soundness: the built-in ones, or definition and variant files',
  arguments: ['[file...]'],
  run: async ({ args }) => {
    const { BUILT_IN, checkAll } = await modules();
    const files = args.flat();
    if (files.length === 0) return { ...checkAll(BUILT_IN) };
    const procedures = await Promise.all(files.map(async (file) => checkText(await textOf(file), file)));
    return { ok: procedures.every((one) => one.findings.length === 0), procedures };
  },
  tell: ({ procedures }) =>
    (procedures as ReturnType<typeof checkAll>['procedures'])
      .map(({ id, version, stages, actions, findings }) =>
        [
          `${id || '(no id)'} ${version}: ${stages} stages, ${actions} actions, ${findings.length === 0 ? 'sound' : `${findings.length} findings`}`,
          ...findings.map(
            (one) => `  ${one.rule}/${one.code} ${one.message.en}${one.path.length ? `\n    ${one.path.map(told).join(' → ')}` : ''}`,
          ),
        ].join('\n'),
      )
      .join('\n'),
};

/** `tongxin procedures publish <file> [--area <id>]`: a definition or a variant; refused unless it is sound. */
export const proceduresPublish: Command = {
  name: 'procedures publish',
  describe: 'publishes a procedure or a locality’s variant; a published version never changes',
  arguments: ['<file>'],
  options: [['--area <id>', 'only for this area (its stable id)']],
  run: async ({ args, options, open }) => {
    const { BUILT_IN, publish, readDefinition } = await modules();
    const text = await textOf(args[0]!);
    const deps = await open();
    const value = readDefinition(text, (id, version) => deps.procedures.get(id, version));
    const { id: named, extends: base } = (value ?? {}) as { id?: unknown; extends?: unknown };
    if (!base && BUILT_IN.some((one) => one.id === named))
      throw new CommandError('procedureReserved', `${named} is the product's own; a locality publishes a variant that extends it`);
    const fresh = await publish(deps, [value], typeof options.area === 'string' ? options.area : undefined);
    await deps.reload();
    const { id, version } = value as { id: string; version: number };
    return { ok: true, id, version, published: fresh.length > 0 };
  },
  tell: ({ id, version, published }) => (published ? `published ${id} ${version}` : `${id} ${version} was published before`),
};

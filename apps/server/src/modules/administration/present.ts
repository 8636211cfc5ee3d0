import type { ChangeView } from '@tongxin/domain/administration/view.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ChangeRow } from './repo.ts';

type Shown = string | Label;

const isLabel = (value: unknown): value is Label => typeof value === 'object' && value !== null && typeof (value as Label).zh === 'string';

/** The name of what an id leads to, by the field that holds it. */
const nameOf = (deps: Deps, field: string, id: string): Label | undefined => {
  const { directory } = deps;
  if (/organization|heir|parent/iu.test(field)) return directory.organization(id)?.label ?? directory.category(id)?.label;
  if (/area/iu.test(field)) return directory.area(id)?.label;
  if (/post/iu.test(field)) return directory.post(id)?.label;
  if (/category|successor/iu.test(field)) return directory.category(id)?.label;
  return undefined;
};

/** Several categories, written one after another, by their names. */
const namesOf = (deps: Deps, ids: string): Label => {
  const labels = ids.split(', ').map((id): Label => deps.directory.category(id)?.label ?? { zh: id });
  return { zh: labels.map(({ zh }) => zh).join('、'), en: labels.map(({ zh, en }) => en ?? zh).join(', ') };
};

const shown = (deps: Deps, field: string, value: unknown): Shown | undefined => {
  if (value === undefined || value === null || value === '') return undefined;
  if (isLabel(value)) return value;
  if (typeof value === 'string' && field === 'categories') return namesOf(deps, value);
  if (typeof value === 'string') return nameOf(deps, field, value) ?? value;
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  return typeof value === 'object' ? canonical(value) : String(value);
};

/** What the change is of, as it calls itself; else the body or the area whose id it goes by. */
const subjectOf = (deps: Deps, { subject_id, before, after }: ChangeRow): Shown | undefined => {
  const [was, is] = [before ?? {}, after ?? {}];
  const own = ['name', 'title', 'username', 'no'].map((field) => shown(deps, 'name', is[field] ?? was[field])).find((words) => words);
  return own ?? deps.directory.organization(subject_id)?.label ?? deps.directory.area(subject_id)?.label;
};

/** One line of the log: only fields that differ, ids in words. */
export const presentChange = (deps: Deps, row: ChangeRow): ChangeView => {
  const [before, after] = [row.before ?? {}, row.after ?? {}];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const post = deps.directory.post(row.post_id);
  const organization = post && deps.directory.organization(post.organizationId)?.label;
  const subject = subjectOf(deps, row);
  return {
    id: row.command_id,
    at: row.at.toISOString(),
    kind: row.kind,
    what: row.what,
    subjectId: row.subject_id,
    ...(subject ? { subject } : {}),
    by: {
      ...(row.actor_name ? { name: row.actor_name } : {}),
      ...(post ? { post: post.label } : {}),
      ...(organization ? { organization } : {}),
    },
    changes: fields.flatMap((field) => {
      const [was, is] = [shown(deps, field, before[field]), shown(deps, field, after[field])];
      if (canonical(was ?? null) === canonical(is ?? null)) return [];
      return [{ field, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
    }),
  };
};

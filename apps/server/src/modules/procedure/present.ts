import type { Deps, PublishedVersion } from '../../platform/deps.ts';

/** A published version in a list: what it is, who published it, when and why. */
export const presentSummary = (deps: Pick<Deps, 'directory'>, row: PublishedVersion) => {
  const { id, version, title, source, confidential, confided, stages, actions, extends: base } = row.definition;
  const [area, post] = [row.areaId ? deps.directory.area(row.areaId) : undefined, row.postId ? deps.directory.post(row.postId) : undefined];
  return {
    id,
    version,
    title,
    source,
    confidential,
    ...(confided ? { confided } : {}),
    stages: Object.keys(stages).length,
    actions: Object.keys(actions).length,
    publishedAt: row.publishedAt.toISOString(),
    ...(base ? { extends: base } : {}),
    ...(row.areaId ? { areaId: row.areaId } : {}),
    ...(area ? { area: area.label } : {}),
    ...(post ? { post: post.label } : {}),
    ...(row.note ? { note: row.note } : {}),
  };
};

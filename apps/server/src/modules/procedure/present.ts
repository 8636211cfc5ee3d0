import type { Procedure } from '@tongxin/domain/procedure/schema.ts';

/** A procedure in a list. */
export const presentSummary = ({ id, version, title, source, confidential, stages, actions }: Procedure) => ({
  id,
  version,
  title,
  source,
  confidential,
  stages: Object.keys(stages).length,
  actions: Object.keys(actions).length,
});

import { SERVICE_ORGANIZATION } from '@tongxin/domain/organization/schema.ts';
import type { DisplayView, MadeDisplay, NewDisplay } from '@tongxin/domain/wall/view.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../../platform/errors/problem.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { shownArea } from '../service.ts';
import { type DisplayRow, findDisplays, makeDisplay, revokeDisplay } from './repo.ts';

/** How long a display is let in: a year, then somebody looks whether it still hangs there. */
const DAYS = 366;

const present = (row: DisplayRow): DisplayView => ({
  id: row.display_id,
  name: row.name,
  areaId: row.area_id,
  area: row.area,
  madeAt: row.made_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  ...(row.revoked_at ? { revokedAt: row.revoked_at.toISOString() } : {}),
});

export const displays = (deps: Deps, who: Who): Promise<DisplayView[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await findDisplays(tx)).map(present));

/** Makes a display of an area the caller manages; the token is answered here and only its hash is kept. Asked again, it is the same. */
export const addDisplay = (deps: Deps, who: Who, asked: NewDisplay): Promise<MadeDisplay> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const name = asked.name.trim();
    if (!name) throw invalid('fieldMissing', { field: 'name' });
    const areaId = shownArea(deps, actor, asked.areaId, 'wall.manage');
    const token = deps.crypto.displayToken(asked.id);
    const { organizationId } = SERVICE_ORGANIZATION;
    if (!(await makeDisplay(tx, { id: asked.id, organizationId, areaId, name, token, days: DAYS }, deps.clock.now())))
      throw conflict('idTaken');
    const [row] = await findDisplays(tx, asked.id);
    if (!row) throw notFound();
    return { display: present(row), token };
  });

/** Ends a display for good: what it shows stays on its screen as it was, marked as cut off. */
export const endDisplay = (deps: Deps, who: Who, displayId: string): Promise<DisplayView> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const found = await revokeDisplay(tx, displayId, deps.clock.now());
    const [row] = found ? await findDisplays(tx, displayId) : [];
    if (!row) throw notFound();
    return present(row);
  });

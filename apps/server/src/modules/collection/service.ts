import { createHash } from 'node:crypto';
import { flawsOf, forbiddenIn } from '@tongxin/domain/collection/policy.ts';
import type { Form } from '@tongxin/domain/collection/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, invalid } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { findDigest, findForms, insertForm } from './repo.ts';

/** Refuses a form that asks what must not be kept (422 `formForbidden`), or that nobody can fill (422 `formFlawed`). */
export const assertPublishable = (form: Form): void => {
  const [forbiddenOne] = forbiddenIn(form);
  if (forbiddenOne) throw invalid('formForbidden', { question: forbiddenOne.id, what: forbiddenOne.kind });
  const [flaw] = flawsOf(form);
  if (flaw) throw invalid('formFlawed', { question: flaw.id, why: flaw.why });
};

const areaOf = (areas: readonly { readonly areaId: string }[], asked: string | undefined): string => asked ?? areas[0]!.areaId;

/** Forms that hold in an area: of the caller's post where none is named. */
export const formsOf = (deps: Deps, who: Who, areaId: string | undefined): Promise<Form[]> =>
  withScope(deps.pools.app, who, ({ tx, actor }) => findForms(tx, areaOf(actor.posts, areaId)));

/** Publishes a version for an area. The same again changes nothing; another under its number is refused. */
export const publishForm = (deps: Deps, who: Who, areaId: string, form: Form): Promise<{ id: string; version: number }> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    assertPublishable(form);
    if (!deps.places.ofArea(areaId)) throw invalid('unknownArea', { field: 'areaId' });
    const digest = createHash('sha256').update(canonical(form)).digest();
    const known = await findDigest(tx, form.id, form.version);
    if (known) {
      if (!known.equals(digest)) throw conflict('versionTaken');
    } else {
      // Row-level security refuses an area that is not the caller's to publish for.
      const made = await insertForm(tx, form, { areaId, digest, personId: actor.personId ?? null, now: deps.clock.now().toISOString() });
      if (!made) throw conflict('versionTaken');
    }
    return { id: form.id, version: form.version };
  });

import { createHash, randomBytes } from 'node:crypto';
import { CallNews } from '@tongxin/domain/hotline/schema.ts';
import { canBeDialled } from '@tongxin/domain/person/rules.ts';
import { Webhook } from 'standardwebhooks';
import { Compile } from 'typebox/compile';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../../platform/errors/problem.ts';
import { parseJson } from '../../../platform/http/json-body.ts';
import { type Who, withScope } from '../../../platform/tx/tx.ts';
import { numberPlace } from '../present.ts';
import { announceCall, findLine, insertLine, type LineRow, listLines, revokeLine, secretOf } from './repo.ts';

const secretPlace = (lineId: string): string => `hotline-line:${lineId}`;

export const lines = (deps: Deps, who: Who): Promise<LineRow[]> => withScope(deps.pools.app, who, ({ tx }) => listLines(tx));

export interface NewLine {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
}

/** Makes a line; its signing secret is answered once. The same id again answers the line without it. */
export const makeLine = (deps: Deps, who: Who, asked: NewLine): Promise<{ row: LineRow; secret?: string }> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    if (!deps.directory.organization(asked.organizationId)) throw invalid('unknownOrganization');
    const name = asked.name.trim();
    if (name === '') throw invalid('fieldMissing', { field: 'name' });
    const known = await findLine(tx, asked.id);
    if (known) {
      if (known.organization_id !== asked.organizationId || known.name !== name) throw conflict('idTaken');
      return { row: known };
    }
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const now = deps.clock.now().toISOString();
    await insertLine(tx, { ...asked, name, secret: deps.crypto.seal(secret, secretPlace(asked.id)), now }).catch(
      (error: { code?: string }) => {
        if (error.code === '42501') throw forbidden('missingCapability', { capability: 'exchange.manage' });
        throw error;
      },
    );
    return { row: (await findLine(tx, asked.id))!, secret };
  });

/** Takes a line back: what it announces from then on is refused. */
export const dropLine = (deps: Deps, who: Who, id: string): Promise<LineRow> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    if (!(await findLine(tx, id))) throw notFound();
    await revokeLine(tx, id, deps.clock.now().toISOString());
    return (await findLine(tx, id))!;
  });

/** The id of a call, from its line and its number there: announced twice, or by two processes, it is one call. */
const callIdOf = (lineId: string, source: string): string => {
  const hex = createHash('sha256').update(`hotline:${lineId}:${source}`, 'utf8').digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

const news = Compile(CallNews);

/**
 * What a telephone system says of a call, once its signature fits: a line nobody knows and a signature that is another's are refused alike. A
 * number that is none (withheld, an extension) is left out.
 */
export const hear = (
  deps: Deps,
  lineId: string,
  body: Buffer,
  headers: Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>>,
): Promise<{ id: string }> =>
  withScope(deps.pools.app, { kind: 'service', token: deps.config.secrets.serviceTokens.portal }, async ({ tx }) => {
    const sealed = await secretOf(tx, lineId);
    if (!sealed) throw forbidden('badSignature');
    try {
      new Webhook(deps.crypto.open(sealed, secretPlace(lineId)).toString('utf8')).verify(body, headers);
    } catch {
      throw forbidden('badSignature');
    }
    const said = parseJson(body);
    if (!news.Check(said)) throw invalid('invalidInput');
    const callId = callIdOf(lineId, said.call);
    const number = said.number?.trim();
    const phone =
      number && canBeDialled(number)
        ? { sealed: deps.crypto.seal(number, numberPlace(callId)), index: deps.crypto.blindIndex('phone', number) }
        : undefined;
    const id = await announceCall(tx, {
      lineId,
      source: said.call,
      isDown: said.event === 'ended',
      callId,
      ...(phone ? { phone } : {}),
      ...(said.extension ? { extension: said.extension } : {}),
      now: deps.clock.now().toISOString(),
    });
    // Ended before it was announced: nobody here was rung.
    return { id: id ?? callId };
  });

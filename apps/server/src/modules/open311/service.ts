import { createHash } from 'node:crypto';
import type { Language } from '@tongxin/domain/label/schema.ts';
import {
  type Arguments,
  type Asked,
  attributeOf,
  readAsked,
  readReport,
  unreadable,
  wantsExtensions,
} from '@tongxin/domain/open311/rules.ts';
import type { Discovery, Filed, Named, Service, ServiceDefinition, ServiceRequest } from '@tongxin/domain/open311/schema.ts';
import type { CategoryEntry, Deps } from '../../platform/deps.ts';
import { Problem } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { fileNewCase } from '../intake/index.ts';
import { Open311Refusal, refusal } from './errors.ts';
import { presentDiscovery, presentFiled, presentRequest, presentService } from './present.ts';
import { findKey, findNumber, findRequests } from './repo.ts';

/** The key that demo mode takes, and nobody else. */
const DEMO_KEY = 'demo';

/** Whoever calls, the interface's own service post asks: it files, and sees what the database tells coarsely. */
const ownPost = (deps: Deps): Who => ({ kind: 'service', token: deps.config.secrets.serviceTokens.open311 });

/** One installation is one place: another's name is not found, none is none. */
const checkArguments = (deps: Deps, given: Arguments): void => {
  const faults = unreadable(given);
  if (faults.length > 0) throw new Open311Refusal(faults);
  const named = given.get('jurisdiction_id');
  const { open311Jurisdiction: own } = deps.config;
  if (own && named?.some((one) => one !== own)) throw refusal(404, 'notFound', 'jurisdiction_id');
};

/** Categories that something is filed under: those of the second level, and those of the first that nothing stands below. */
const servicesOf = (deps: Deps): CategoryEntry[] => {
  const all = deps.directory.categories();
  const parents = new Set(all.map(({ parentId }) => parentId));
  return all.filter(({ categoryId }) => !parents.has(categoryId));
};
const serviceOf = (deps: Deps, code: string): CategoryEntry | undefined => servicesOf(deps).find(({ categoryId }) => categoryId === code);

export const discovery = (deps: Deps): Discovery => presentDiscovery(deps.config);

export const services = (deps: Deps, given: Arguments, language: Language): Service[] => {
  checkArguments(deps, given);
  return servicesOf(deps).map((entry) =>
    presentService(entry, entry.parentId ? deps.directory.category(entry.parentId) : undefined, language),
  );
};

/** Answered also where nothing is asked: then with no attributes. */
export const definition = (deps: Deps, given: Arguments, code: string, language: Language): ServiceDefinition => {
  checkArguments(deps, given);
  const found = serviceOf(deps, code);
  if (!found) throw refusal(404, 'notFound', 'service_code');
  return { service_code: code, attributes: found.questions.map((question, i) => attributeOf(question, i + 1, language)) };
};

const told = async (deps: Deps, asked: Asked, given: Arguments, language: Language): Promise<ServiceRequest[]> => {
  const rows = await withScope(deps.pools.app, ownPost(deps), ({ tx }) => findRequests(tx, asked));
  return rows.map((row) => presentRequest(deps, row, language, wantsExtensions(given)));
};

export const requests = (deps: Deps, given: Arguments, language: Language): Promise<ServiceRequest[]> => {
  checkArguments(deps, given);
  const read = readAsked(given, deps.clock.now().toISOString());
  if (!read.ok) throw new Open311Refusal(read.refused);
  const codes = 'services' in read.value ? (read.value.services ?? []) : [];
  // Requests of a category that was retired since are still asked for by its code.
  if (codes.some((code) => !deps.directory.category(code))) throw refusal(404, 'notFound', 'service_code');
  return told(deps, read.value, given, language);
};

export const request = async (deps: Deps, given: Arguments, id: string, language: Language): Promise<ServiceRequest[]> => {
  checkArguments(deps, given);
  const found = await told(deps, { numbers: [id] }, given, language);
  if (found.length === 0) throw refusal(404, 'notFound', 'service_request_id');
  return found;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;
const idOf = (...parts: readonly string[]): string => {
  const hex = createHash('sha256')
    .update(`open311:${JSON.stringify(parts)}`, 'utf8')
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The token of a request is the Idempotency-Key it was sent with: whoever lost the answer asks by it. */
export const named = async (deps: Deps, given: Arguments, token: string): Promise<Named[]> => {
  checkArguments(deps, given);
  const known = UUID.test(token.toLowerCase())
    ? await withScope(deps.pools.app, ownPost(deps), ({ tx }) => findNumber(tx, idOf('key', token.toLowerCase())))
    : undefined;
  if (!known) throw refusal(404, 'notFound', 'token');
  return [{ service_request_id: known, token }];
};

const HOUR_MS = 3_600_000;

/**
 * The id a request is filed under. With an Idempotency-Key it is the key's. Without one, the same form by the same client within the hour, or
 * the hour before, is a repetition: a client that tries again is not to report a lamp twice, and one that reports it next week is.
 */
const caseIdOf = async (deps: Deps, given: Arguments, keyId: string, idempotencyKey: string | undefined): Promise<string> => {
  if (idempotencyKey !== undefined) {
    if (!UUID.test(idempotencyKey.toLowerCase())) throw refusal(400, 'unfit', 'Idempotency-Key');
    return idOf('key', idempotencyKey.toLowerCase());
  }
  const form = JSON.stringify([...given].sort(([a], [b]) => (a < b ? -1 : 1)));
  const hour = Math.floor(deps.clock.now().getTime() / HOUR_MS);
  const [before, here] = [hour - 1, hour].map((n) => idOf('form', keyId, String(n), form)) as [string, string];
  return (await withScope(deps.pools.app, ownPost(deps), ({ tx }) => findNumber(tx, before))) ? before : here;
};

/** Whose key it is; the request counts against its day only when nothing else is wrong with it. */
const admit = async (deps: Deps, given: Arguments, counts: boolean): Promise<string> => {
  const [key, another] = given.get('api_key') ?? [];
  if (key === undefined || another !== undefined) throw refusal(403, 'missing', 'api_key');
  const isDemo = key === DEMO_KEY && deps.config.mode === 'demo';
  const now = deps.clock.now().toISOString();
  const found = await withScope(deps.pools.app, ownPost(deps), ({ tx }) => findKey(tx, key, { isDemo, counts, now }));
  if (!found) throw refusal(403, 'notFound', 'api_key');
  if (!found.within) throw refusal(429, 'quotaUsed', 'api_key');
  return found.keyId;
};

/** Files a request through intake, as everybody does. The same again answers the same. */
export const file = async (
  deps: Deps,
  given: Arguments,
  { language, idempotencyKey }: { readonly language: Language; readonly idempotencyKey: string | undefined },
): Promise<{ filed: Filed[]; repeated: boolean }> => {
  checkArguments(deps, given);
  const read = readReport(given, (code) => serviceOf(deps, code));
  const unknownArea = read.ok && read.value.areaId !== undefined && !deps.places.ofArea(read.value.areaId);
  const keyId = await admit(deps, given, read.ok && !unknownArea);
  if (!read.ok) throw new Open311Refusal(read.refused);
  if (unknownArea) throw refusal(400, 'unfit', 'address_id');
  const id = await caseIdOf(deps, given, keyId, idempotencyKey);
  const { receipt, repeated } = await fileNewCase(deps, ownPost(deps), { id, channel: 'open311', ...read.value }).catch(
    (error: unknown) => {
      if (error instanceof Problem && error.code === 'idTaken') throw refusal(400, 'keyReused', 'Idempotency-Key');
      throw error;
    },
  );
  const danger = deps.directory.category(read.value.categoryId)?.danger ?? [];
  return { filed: [presentFiled(receipt, danger, language, wantsExtensions(given))], repeated };
};

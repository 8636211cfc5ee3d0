import type { Format } from '@tongxin/domain/open311/schema.ts';
import type { TestServer } from '@tongxin/testing/server.ts';
import { XMLParser } from 'fast-xml-parser';

/** Elements that a client of the standard always takes as lists, however many there are. */
const LISTS = new Set(['service', 'attribute', 'value', 'request', 'error', 'endpoint', 'format']);
/** Lists that stand in a wrapper in XML and without one in JSON. */
const WRAPPERS: Readonly<Record<string, string>> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  endpoints: 'endpoint',
  formats: 'format',
  errors: 'error',
};
const parser = new XMLParser({ isArray: (name) => LISTS.has(name), parseTagValue: false, ignoreDeclaration: true, trimValues: false });

/** What XML says, in the shape of JSON: the wrappers gone, an empty element null, every value a text. */
const unwrapped = (value: unknown): unknown => {
  if (value === '') return null;
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const member = WRAPPERS[name];
      return [name, unwrapped(member ? ((one as Record<string, unknown>)[member] ?? []) : one)];
    }),
  );
};

/** An answer in XML as a client of the standard reads it. */
// biome-ignore lint/suspicious/noExplicitAny: what a foreign client reads has whatever shape the server gave it
export const readXml = (body: string): any => {
  const root = parser.parse(body) as Record<string, unknown>;
  const [name = ''] = Object.keys(root);
  return (unwrapped({ [name]: root[name] }) as Record<string, unknown>)[name];
};

/** JSON read as XML would be: every value a text, so that both can be compared. */
const asTexts = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asTexts);
  if (value === null || typeof value !== 'object') return value === null || value === '' ? null : String(value);
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asTexts(one)]));
};

export interface ClientAnswer {
  readonly status: number;
  readonly type: string;
  /** The same for both formats. */
  // biome-ignore lint/suspicious/noExplicitAny: what a foreign client reads has whatever shape the server gave it
  readonly value: any;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A client of the standard, as others write them: it knows addresses, forms and the two formats, and nothing of this platform. */
export const open311Client = (server: TestServer, format: Format) => {
  const read = (answer: { statusCode: number; headers: Record<string, unknown>; body: string }): ClientAnswer => {
    const value = format === 'json' ? asTexts(JSON.parse(answer.body)) : readXml(answer.body);
    return { status: answer.statusCode, type: String(answer.headers['content-type']), value, body: answer.body, headers: answer.headers };
  };
  const get = async (path: string, query: Readonly<Record<string, string>> = {}, language = 'zh'): Promise<ClientAnswer> => {
    const words = new URLSearchParams(query).toString();
    return read(
      await server.app.inject({
        url: `/open311/v2/${path}.${format}${words ? `?${words}` : ''}`,
        headers: { 'accept-language': language },
      }),
    );
  };
  const post = async (
    form: Readonly<Record<string, string>> | string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ClientAnswer> =>
    read(
      await server.app.inject({
        method: 'POST',
        url: `/open311/v2/requests.${format}`,
        payload: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'accept-language': 'zh', ...headers },
      }),
    );
  return { get, post };
};

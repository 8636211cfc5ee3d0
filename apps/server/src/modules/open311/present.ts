import type { Receipt } from '@tongxin/domain/case/view.ts';
import { inLanguage, type Language } from '@tongxin/domain/label/schema.ts';
import { middleOfCell } from '@tongxin/domain/map/rules.ts';
import type { Discovery, Filed, Format, Service, ServiceRequest } from '@tongxin/domain/open311/schema.ts';
import { XMLBuilder } from 'fast-xml-parser';
import type { Config } from '../../platform/config/config.ts';
import type { CategoryEntry, Deps } from '../../platform/deps.ts';
import type { CoarseRow } from './repo.ts';

/** The day on which what the interface answers last changed its shape. */
const CHANGED = '2026-09-01T00:00:00+08:00';

export const presentDiscovery = ({ mode, publicUrl, open311Contact }: Config): Discovery => {
  const contact = open311Contact ?? `The operator of ${publicUrl}`;
  return {
    changeset: CHANGED,
    contact,
    key_service: `Keys are issued by: ${contact}`,
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: `${publicUrl}/open311/v2`,
        changeset: CHANGED,
        type: mode === 'demo' ? 'test' : 'production',
        formats: ['text/xml', 'application/json'],
      },
    ],
  };
};

/** Emergency numbers come first: this is no way to call for help. */
const dangerWords = (danger: readonly string[], language: Language): string => {
  if (danger.length === 0) return '';
  return language === 'zh' ? `如有危险，请先拨打 ${danger.join('、')}。` : `In danger, call ${danger.join(', ')} first.`;
};

export const presentService = (entry: CategoryEntry, parent: CategoryEntry | undefined, language: Language): Service => {
  const name = inLanguage(entry.label, language);
  const group = inLanguage((parent ?? entry).label, language);
  const words = [entry, ...(parent ? [parent] : [])].flatMap(({ label }) => [label.zh, label.en]).filter((word) => word !== undefined);
  return {
    service_code: entry.categoryId,
    service_name: name,
    description: [parent ? `${group}${language === 'zh' ? '：' : ': '}${name}` : name, dangerWords(entry.danger, language)]
      .filter((part) => part !== '')
      .join(language === 'zh' ? '。' : '. '),
    metadata: entry.questions.length > 0,
    type: 'realtime',
    keywords: [...new Set(words.map((word) => word.replaceAll(',', ' ')))].join(', '),
    group,
  };
};

export const presentFiled = (receipt: Receipt, danger: readonly string[], language: Language, extended: boolean): Filed => ({
  service_request_id: receipt.number,
  service_notice: [
    dangerWords(danger, language),
    language === 'zh' ? '已收到，凭编号可查进展。' : 'Received. Ask for its state by its number.',
  ]
    .filter((part) => part !== '')
    .join(' '),
  account_id: null,
  ...(extended ? { extended_attributes: { query_code: receipt.queryCode } } : {}),
});

/** A day as an instant: its beginning in China. */
const dayAt = (day: string): string => `${day}T00:00:00+08:00`;
/** Five decimals are a metre, of a point that is nobody's. */
const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** Bits of a place's number that the view leaves out. */
const CELL_BITS = 8;

/**
 * A request: its number, state, kind and days, and of its place the community; once it was looked over and is shown, the words written for everybody
 * and a point of some six hundred metres around. Its own words, pictures, body, hour and spot are not in the row this is made of.
 */
export const presentRequest = (deps: Deps, row: CoarseRow, language: Language, extended: boolean): ServiceRequest => {
  const category = row.category_id ? deps.directory.category(row.category_id, row.category_version ?? undefined) : undefined;
  const areaId = row.area_ids.find((id) => deps.places.middleOf(id));
  const middle = areaId ? deps.places.middleOf(areaId) : undefined;
  const shown = row.cell === null ? middle : middleOfCell(Number(row.cell), CELL_BITS);
  const around = row.area_ids.slice(areaId ? row.area_ids.indexOf(areaId) : 0);
  const names = around.flatMap((id) => deps.directory.area(id)?.label ?? []).map((label) => inLanguage(label, language));
  // 从大到小 in Chinese, from the smallest up in English.
  const address = language === 'zh' ? names.toReversed().join('') : names.join(', ');
  return {
    service_request_id: row.number,
    status: row.closed ? 'closed' : 'open',
    status_notes: null,
    service_name: category ? inLanguage(category.label, language) : '',
    service_code: row.category_id ?? '',
    description: row.words,
    agency_responsible: null,
    service_notice: null,
    requested_datetime: dayAt(row.requested_on),
    updated_datetime: dayAt(row.updated_on),
    expected_datetime: null,
    address: address || null,
    address_id: areaId ?? null,
    zipcode: null,
    lat: shown ? rounded(shown.lat) : null,
    long: shown ? rounded(shown.lon) : null,
    media_url: null,
    ...(extended
      ? { extended_attributes: { moderated: row.words !== null, area_kind: (areaId && deps.directory.area(areaId)?.kind) || '' } }
      : {}),
  };
};

/** What the members of a list are called in XML: in JSON the standard drops these wrappers. */
const MEMBER: Readonly<Record<string, string>> = {
  services: 'service',
  attributes: 'attribute',
  values: 'value',
  service_requests: 'request',
  endpoints: 'endpoint',
  formats: 'format',
  errors: 'error',
};

const inXml = (name: string, value: unknown): unknown => {
  if (Array.isArray(value)) return { [MEMBER[name] ?? name]: value.map((one) => inXml('', one)) };
  if (value === null) return '';
  if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inXml(key, one)]));
  // XML 1.0 cannot hold these even escaped.
  return typeof value === 'string' ? value.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '') : value;
};

const builder = new XMLBuilder({ suppressEmptyNode: true });

export const MEDIA_TYPE: Readonly<Record<Format, string>> = {
  xml: 'text/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** A value in the format asked for; `root` is its outermost element in XML, and nothing in JSON. */
export const written = (format: Format, root: string, value: unknown): string =>
  format === 'json' ? JSON.stringify(value) : `<?xml version="1.0" encoding="utf-8"?>\n${builder.build({ [root]: inXml(root, value) })}`;

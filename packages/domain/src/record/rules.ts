import type { RecordedEvent } from '../case/schema.ts';

/** Version of the event format; older ones are upcast when read. */
export const SCHEMA_VERSION = 1;

/**
 * Canonical JSON: keys in code-unit order, nothing undefined, no spaces. The bytes that are hashed are the bytes that are stored
 * (RFC 8785 for the values we use: integers, strings, booleans, null, arrays, objects; other numbers are refused).
 */
export const canonical = (value: unknown): string => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('not a finite number');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item === undefined ? null : item)).join(',')}]`;
  if (typeof value === 'object') {
    const parts: string[] = [];
    for (const key of Object.keys(value).sort()) {
      const item = (value as Record<string, unknown>)[key];
      if (item !== undefined) parts.push(`${JSON.stringify(key)}:${canonical(item)}`);
    }
    return `{${parts.join(',')}}`;
  }
  throw new TypeError(`cannot be recorded: ${typeof value}`);
};

/** The header text of an event as it is stored and hashed: codes and opaque ids, never words. */
export const headerText = (event: Omit<RecordedEvent, 'content'>): string =>
  canonical({
    v: event.schemaVersion,
    caseId: event.caseId,
    no: event.eventNo,
    type: event.type,
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    actor: event.actor,
    header: event.header,
  });

/** The event a stored header text says. Throws when the text is no header. */
export const readHeader = (text: string): Omit<RecordedEvent, 'content'> => {
  const { v, caseId, no, type, occurredAt, recordedAt, actor, header } = JSON.parse(text);
  return { schemaVersion: v, caseId, eventNo: no, type, occurredAt, recordedAt, actor, header };
};

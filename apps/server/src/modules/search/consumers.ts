import { maskWords } from '@tongxin/domain/mask/rules.ts';
import { defineConsumer } from '../../platform/feed/consumer.ts';
import { openContent } from '../../platform/record/chain.ts';
import { type Document, dropDocuments, findIndexed, findWords, type Indexed, putDocuments } from './repo.ts';
import { lexemesOf } from './segment/service.ts';

/** Longest stretch of masked words kept for phrase search, in characters. */
const MOST = 6000;

/** Lexemes that carry scope into the index, so that a search within a town or a body is one look into it. */
const scopeLexemes = (indexed: Indexed): string[] => [
  ...indexed.place.flatMap((id) => (id ? [`a:${id}`] : [])),
  ...(indexed.state.leadOrganizationId ? [`o:${indexed.state.leadOrganizationId}`] : []),
  ...(indexed.state.receivingOrganizationId ? [`r:${indexed.state.receivingOrganizationId}`] : []),
];

const strings = (value: unknown): string[] => (typeof value === 'string' ? [value] : []);

/**
 * Keeps one search document a case: all its words that still exist, masked. Erasing words rebuilds it without them; confidential cases have
 * none. Notes among staff are searchable to staff, for only they search.
 */
export const searchConsumer = defineConsumer({
  name: 'search',
  batch: 200,
  handle: async (tx, events, deps) => {
    const caseIds = [...new Set(events.map((event) => event.caseId))];
    const indexed = await findIndexed(tx, caseIds);
    const open = indexed.filter((one) => !one.confidential);
    const words = new Map<string, string[]>();
    for (const row of await findWords(
      tx,
      open.map((one) => one.case_id),
    )) {
      const content = openContent(deps.crypto, row.case_id, row.event_no, row.sealed);
      words.set(row.case_id, [...(words.get(row.case_id) ?? []), ...Object.values(content).flatMap(strings)]);
    }
    const documents = open.map((one): Document => {
      const masked = maskWords((words.get(one.case_id) ?? []).join('\n'))
        .slice(0, MOST)
        .toWellFormed();
      return { caseId: one.case_id, masked, lexemes: lexemesOf(masked, scopeLexemes(one)) };
    });
    await putDocuments(tx, documents, deps.clock.now().toISOString());
    await dropDocuments(
      tx,
      indexed.filter((one) => one.confidential).map((one) => one.case_id),
    );
  },
});

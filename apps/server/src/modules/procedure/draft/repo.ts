import type { VariantChange } from '@tongxin/domain/variant/schema.ts';
import { sql } from 'kysely';
import type { ScopedTx } from '../../../platform/tx/tx.ts';

export interface DraftRow {
  readonly draftId: string;
  readonly organizationId: string;
  readonly areaId: string;
  readonly procedureId: string;
  readonly baseVersion: number;
  readonly change: VariantChange;
  readonly version: number;
  readonly publishedVersion: number | null;
  readonly postId: string;
  readonly updatedAt: Date;
}

const COLUMNS = sql`draft_id as "draftId", organization_id as "organizationId", area_id as "areaId", procedure_id as "procedureId",
  base_version as "baseVersion", change, version, published_version as "publishedVersion", post_id as "postId", updated_at as "updatedAt"`;

/** Drafts that are still drafts, of the bodies the caller belongs to, the latest first. */
export const findOpenDrafts = async (tx: ScopedTx, most: number): Promise<DraftRow[]> => {
  const { rows } = await sql<DraftRow>`
    select ${COLUMNS} from procedure_draft where published_version is null order by updated_at desc, draft_id limit ${most}`.execute(tx);
  return rows;
};

/** A draft, held against whoever else would write it. */
export const holdDraft = async (tx: ScopedTx, draftId: string): Promise<DraftRow | undefined> => {
  const { rows } = await sql<DraftRow>`select ${COLUMNS} from procedure_draft where draft_id = ${draftId} for update`.execute(tx);
  return rows[0];
};

export const findDraft = async (tx: ScopedTx, draftId: string): Promise<DraftRow | undefined> => {
  const { rows } = await sql<DraftRow>`select ${COLUMNS} from procedure_draft where draft_id = ${draftId}`.execute(tx);
  return rows[0];
};

type NewDraft = Omit<DraftRow, 'version' | 'publishedVersion'> & { readonly personId: string };

/** Inserts a draft; nothing where the id is somebody's already. */
export const insertDraft = async (tx: ScopedTx, draft: NewDraft): Promise<DraftRow | undefined> => {
  const { rows } = await sql<DraftRow>`
    insert into procedure_draft (draft_id, organization_id, area_id, procedure_id, base_version, change, version, updated_by, post_id, updated_at)
    values (${draft.draftId}, ${draft.organizationId}, ${draft.areaId}, ${draft.procedureId}, ${draft.baseVersion}, ${JSON.stringify(draft.change)}, 1,
      ${draft.personId}, ${draft.postId}, ${draft.updatedAt}) on conflict do nothing returning ${COLUMNS}`.execute(tx);
  return rows[0];
};

type Saved = Pick<DraftRow, 'draftId' | 'areaId' | 'change' | 'postId' | 'updatedAt'> & { readonly personId: string };

export const saveDraft = async (tx: ScopedTx, { draftId, areaId, change, postId, personId, updatedAt }: Saved): Promise<DraftRow> => {
  const { rows } = await sql<DraftRow>`
    update procedure_draft set area_id = ${areaId}, change = ${JSON.stringify(change)}, version = version + 1, post_id = ${postId},
      updated_by = ${personId}, updated_at = ${updatedAt} where draft_id = ${draftId} returning ${COLUMNS}`.execute(tx);
  return rows[0]!;
};

export const markPublished = async (tx: ScopedTx, draftId: string, version: number): Promise<void> => {
  await sql`update procedure_draft set published_version = ${version} where draft_id = ${draftId}`.execute(tx);
};

export const deleteDraft = async (tx: ScopedTx, draftId: string): Promise<void> => {
  await sql`delete from procedure_draft where draft_id = ${draftId} and published_version is null`.execute(tx);
};

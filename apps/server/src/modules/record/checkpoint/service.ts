import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { type Tx, withTransaction } from '../../../platform/tx/tx.ts';
import {
  findChangedHeads,
  findCheckpoints,
  findContradicted,
  findFeedHead,
  findLastCheckpoint,
  findLeavesOf,
  insertCheckpoint,
  type LeafRow,
  lockCheckpoints,
} from './repo.ts';

/** Signed head of a checkpoint; `previous` chains it to the one before, so that together they cover every head (docs/decisions/0004). */
export interface CheckpointHead {
  readonly no: number;
  readonly feedPosition: number;
  readonly madeAt: string;
  readonly leaves: number;
  /** Hex. */
  readonly root: string;
  readonly previous: string;
}

export interface ExportedCheckpoint {
  readonly head: CheckpointHead;
  readonly signature: string;
  readonly keyId: string;
  readonly publicKey: string;
  /** Case id, number of events, hash of the last, by case id. */
  readonly leaves: readonly (readonly [caseId: string, events: number, hash: string])[];
}

const sha256 = (...parts: readonly Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

const leafHash = (leaf: LeafRow): Buffer => {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(leaf.event_count);
  return sha256(LEAF, Buffer.from(leaf.case_id.replaceAll('-', ''), 'hex'), count, leaf.head_hash);
};

/** Merkle root in the manner of RFC 9162 (leaf and node prefixes; an odd one moves up); 32 zero bytes for no leaves. */
export const merkleRoot = (leaves: readonly LeafRow[]): Buffer => {
  let level = leaves.map(leafHash);
  if (level.length === 0) return Buffer.alloc(32);
  while (level.length > 1) {
    const next: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) next.push(i + 1 < level.length ? sha256(NODE, level[i]!, level[i + 1]!) : level[i]!);
    level = next;
  }
  return level[0]!;
};

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

const signingKey = (config: Deps['config']): { key: KeyObject; publicKey: string; keyId: string } => {
  const seed = Buffer.from(config.secrets.checkpointKey, 'base64');
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { key, publicKey: publicKey.toString('base64'), keyId: sha256(publicKey).toString('hex').slice(0, 16) };
};

const headBytes = (head: CheckpointHead): Buffer => Buffer.from(canonical(head), 'utf8');
const headHash = (head: CheckpointHead, signature: Buffer): Buffer => sha256(headBytes(head), signature);

const fileOf = (config: Deps['config'], no: number): string => join(config.dataDir, 'checkpoints', `${String(no).padStart(8, '0')}.json`);

const exportCheckpoint = async (config: Deps['config'], exported: ExportedCheckpoint): Promise<void> => {
  await mkdir(join(config.dataDir, 'checkpoints'), { recursive: true });
  const target = fileOf(config, exported.head.no);
  const file = await open(`${target}.new`, 'w', 0o644);
  try {
    await file.writeFile(JSON.stringify(exported));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${target}.new`, target);
};

const readExported = async (config: Deps['config'], no: number): Promise<ExportedCheckpoint | undefined> => {
  try {
    return JSON.parse(await readFile(fileOf(config, no), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * A file of this number may be left of a process that was killed before its row committed; then the record still says what it says. One that
 * the record contradicts is evidence: it is never overwritten.
 */
const assertNotContradicted = async (config: Deps['config'], tx: Tx, no: number, key: KeyObject): Promise<void> => {
  const file = await readExported(config, no);
  if (!file || !isTrusted(file, key)) return;
  const contradicted = await findContradicted(tx, file.leaves.map(rowOf));
  if (contradicted.length > 0)
    throw new Error(`the record contradicts the exported checkpoint ${no} in ${contradicted.length} cases; run "tongxin record verify"`);
};

/**
 * Makes the next signed checkpoint over the cases that changed since the last one, exports it, and answers its head; undefined when nothing
 * changed or another process is at it. The file is written before the row commits: a checkpoint in the table without its file never exists.
 */
export const makeCheckpoint = (deps: Pick<Deps, 'pools' | 'config' | 'clock'>): Promise<CheckpointHead | undefined> =>
  withTransaction(deps.pools.maintenance, async (tx) => {
    if (!(await lockCheckpoints(tx))) return undefined;
    const last = await findLastCheckpoint(tx);
    const from = last ? Number(last.feed_position) : 0;
    const to = await findFeedHead(tx);
    if (to === from) return undefined;
    const leaves = await findChangedHeads(tx, from, to);
    const { key, publicKey, keyId } = signingKey(deps.config);
    const previous = last ? headHash(headOf(last), last.signature) : Buffer.alloc(32);
    const head: CheckpointHead = {
      no: (last?.checkpoint_no ?? 0) + 1,
      feedPosition: to,
      madeAt: deps.clock.now().toISOString(),
      leaves: leaves.length,
      root: merkleRoot(leaves).toString('hex'),
      previous: previous.toString('hex'),
    };
    const signature = sign(null, headBytes(head), key);
    await assertNotContradicted(deps.config, tx, head.no, createPublicKey(key));
    await exportCheckpoint(deps.config, {
      head,
      signature: signature.toString('base64'),
      keyId,
      publicKey,
      leaves: leaves.map((leaf) => [leaf.case_id, leaf.event_count, leaf.head_hash.toString('hex')]),
    });
    await insertCheckpoint(
      tx,
      {
        checkpoint_no: head.no,
        feed_position: to,
        made_at: head.madeAt,
        leaves: leaves.length,
        root: Buffer.from(head.root, 'hex'),
        previous,
        signature,
        key_id: keyId,
      },
      leaves,
    );
    return head;
  });

const headOf = (row: {
  checkpoint_no: number;
  feed_position: string;
  made_at: Date;
  leaves: number;
  root: Buffer;
  previous: Buffer;
}): CheckpointHead => ({
  no: row.checkpoint_no,
  feedPosition: Number(row.feed_position),
  madeAt: row.made_at.toISOString(),
  leaves: row.leaves,
  root: row.root.toString('hex'),
  previous: row.previous.toString('hex'),
});

const NO_CASE = '00000000-0000-0000-0000-000000000000';

type ExportedLeaf = ExportedCheckpoint['leaves'][number];
const leafKey = (leaf: LeafRow): string => `${leaf.event_count}:${leaf.head_hash.toString('hex')}`;
const rowOf = ([case_id, event_count, hash]: ExportedLeaf): LeafRow => ({ case_id, event_count, head_hash: Buffer.from(hash, 'hex') });

/** An exported checkpoint whose signature is ours and whose leaves are those that were signed. */
const isTrusted = (exported: ExportedCheckpoint, key: KeyObject): boolean =>
  verify(null, headBytes(exported.head), key, Buffer.from(exported.signature, 'base64')) &&
  merkleRoot(exported.leaves.map(rowOf)).toString('hex') === exported.head.root;

const readAllExported = async (config: Deps['config']): Promise<ExportedCheckpoint[]> => {
  const names = await readdir(join(config.dataDir, 'checkpoints')).catch(() => [] as string[]);
  const numbers = names.flatMap((name) => (/^\d{8}\.json$/u.test(name) ? [Number(name.slice(0, 8))] : []));
  const all = await Promise.all(numbers.sort((x, y) => x - y).map((no) => readExported(config, no)));
  return all.filter((one) => one !== undefined);
};

export interface CheckpointFinding {
  readonly caseId: string;
  readonly at: number;
  readonly why: 'checkpointForged' | 'checkpointFileMissing';
}

/**
 * Checks signatures, chaining, roots, and the table against the exported files, and answers what the genuine files say of each case: they
 * bind also when rows of the table were removed. A leaf that differs from its exported one names the case; what cannot be laid to a case is
 * named under the nil id with the checkpoint's number.
 */
export const verifyCheckpoints = async (
  deps: Pick<Deps, 'config'>,
  tx: Tx,
): Promise<{ findings: CheckpointFinding[]; exported: Map<string, LeafRow[]> }> => {
  const findings: CheckpointFinding[] = [];
  const { publicKey } = signingKey(deps.config);
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  const files = new Map<number, ExportedCheckpoint>();
  const exported = new Map<string, LeafRow[]>();
  for (const file of await readAllExported(deps.config)) {
    if (!isTrusted(file, key)) {
      findings.push({ caseId: NO_CASE, at: file.head.no, why: 'checkpointForged' });
      continue;
    }
    files.set(file.head.no, file);
    for (const leaf of file.leaves.map(rowOf)) exported.set(leaf.case_id, [...(exported.get(leaf.case_id) ?? []), leaf]);
  }
  let previous: Buffer = Buffer.alloc(32);
  for (const row of await findCheckpoints(tx)) {
    const head = headOf(row);
    const leaves = await findLeavesOf(tx, row.checkpoint_no);
    const file = files.get(row.checkpoint_no);
    if (!file) findings.push({ caseId: NO_CASE, at: row.checkpoint_no, why: 'checkpointFileMissing' });
    const genuine =
      verify(null, headBytes(head), key, row.signature) && row.previous.equals(previous) && merkleRoot(leaves).equals(row.root);
    if (!genuine || (file && canonical(file.head) !== canonical(head))) {
      const known = new Map(file?.leaves.map((leaf) => [leaf[0], leafKey(rowOf(leaf))]));
      const differing = leaves.filter((leaf) => known.size > 0 && known.get(leaf.case_id) !== leafKey(leaf));
      for (const leaf of differing) findings.push({ caseId: leaf.case_id, at: leaf.event_count, why: 'checkpointForged' });
      if (differing.length === 0) findings.push({ caseId: NO_CASE, at: row.checkpoint_no, why: 'checkpointForged' });
    }
    previous = headHash(head, row.signature);
  }
  return { findings, exported };
};

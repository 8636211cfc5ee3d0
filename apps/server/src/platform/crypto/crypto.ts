import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { normalPhone } from '@tongxin/domain/person/rules.ts';

/** Seals, opens and addresses. An installation may put a certified library or a hardware module behind it. */
export interface CryptoProvider {
  /** Encrypts and authenticates; `aad` binds the result to its place, so that it cannot be moved. */
  seal(words: Buffer | string, aad: string): Buffer;
  /** Throws when the bytes, the place or the key differ. */
  open(sealed: Buffer, aad: string): Buffer;
  /** Keyed hash for exact look-up of a value that is itself sealed. Telephones are normalised first; what is none is looked up as written. */
  blindIndex(kind: 'phone' | 'mail' | 'push' | 'account' | 'name' | 'matter' | 'proof', value: string): Buffer;
  /** The query code of a party of a case: derived, never stored. Four-four-four Crockford base 32, 60 bits. */
  receiptCode(caseId: string, partyId: string): string;
  /** A password to be replaced by its owner at the first sign-in: derived from the command that gives it, so that the same command gives the same. */
  firstPassword(commandId: string, personId: string): string;
  /** What is stored of a query code. Case, spaces, hyphens and look-alike letters do not matter. */
  receiptHash(code: string): Buffer;
  /** The token of a display: derived, so that asking twice answers the same; kept is only its hash. */
  displayToken(displayId: string): string;
  /** The name of a room on a meeting server: derived, unguessable, kept nowhere. */
  roomName(caseId: string, sessionId: string): string;
  /** Where a file's bytes lie: the same bytes in two places (case and file) have two addresses. 64 hex digits. */
  fileAddress(place: string, bytes: Buffer): string;
}

export interface CryptoKeys {
  /** Key id in use and all key ids still needed to open; values are base64 of 32 bytes. Ids are 1 to 8 letters or digits. */
  readonly sealingKeys: { readonly current: string; readonly keys: Readonly<Record<string, string>> };
  readonly indexKey: string;
  readonly receiptKey: string;
  readonly fileKey: string;
  /** `aes-256-gcm`, or `sm4` (SM4-CTR with HMAC-SM3, encrypt then authenticate) where national algorithms are required. */
  readonly cipher?: 'aes-256-gcm' | 'sm4';
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ALGORITHM = { 'aes-256-gcm': 1, sm4: 2 } as const;

const keyOf = (base64: string, name: string): Buffer => {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== 32) throw new Error(`key ${name} must be 32 bytes`);
  return key;
};

/** Keys as objects: handing over the bytes at each call costs four times the sealing itself (19 µs against 5). */
interface SealingKey {
  readonly aes: KeyObject;
  readonly sm4: KeyObject;
  readonly sm3: KeyObject;
}

const derive = (key: Buffer): SealingKey => ({
  aes: createSecretKey(key),
  sm4: createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'tongxin sm4', 16))),
  sm3: createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'tongxin hmac-sm3', 32))),
});

/** A query code as typed by people, in its one spelling. */
export const normalCode = (code: string): string =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/gu, '')
    .replace(/O/gu, '0')
    .replace(/[IL]/gu, '1')
    .replace(/U/gu, 'V');

/** Sixty bits as four-four-four characters that nobody confuses. */
const spelt = (bits: Buffer): string => {
  let code = '';
  let value = bits.readBigUInt64BE(0) >> 4n;
  for (let i = 0; i < 12; i++) {
    code = ALPHABET[Number(value & 31n)] + code;
    value >>= 5n;
  }
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
};

const gcmSeal = (key: SealingKey, head: Buffer, plain: Buffer, aad: Buffer): Buffer => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.aes, iv);
  cipher.setAAD(Buffer.concat([head, aad]));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([head, iv, cipher.getAuthTag(), body]);
};

const gcmOpen = (key: SealingKey, head: Buffer, rest: Buffer, aad: Buffer): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key.aes, rest.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.concat([head, aad]));
  decipher.setAuthTag(rest.subarray(12, 28));
  return Buffer.concat([decipher.update(rest.subarray(28)), decipher.final()]);
};

const sm4Tag = (key: SealingKey, head: Buffer, iv: Buffer, body: Buffer, aad: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(aad.length);
  return createHmac('sm3', key.sm3).update(head).update(length).update(aad).update(iv).update(body).digest();
};

const sm4Seal = (key: SealingKey, head: Buffer, plain: Buffer, aad: Buffer): Buffer => {
  const iv = randomBytes(16);
  const cipher = createCipheriv('sm4-ctr', key.sm4, iv);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([head, iv, sm4Tag(key, head, iv, body, aad), body]);
};

const sm4Open = (key: SealingKey, head: Buffer, rest: Buffer, aad: Buffer): Buffer => {
  const iv = rest.subarray(0, 16);
  const body = rest.subarray(48);
  if (rest.length < 48 || !timingSafeEqual(rest.subarray(16, 48), sm4Tag(key, head, iv, body, aad)))
    throw new Error('sealed words were changed');
  const decipher = createDecipheriv('sm4-ctr', key.sm4, iv);
  return Buffer.concat([decipher.update(body), decipher.final()]);
};

/** Sealed form: one byte algorithm, one byte length of the key id, key id, then what the algorithm writes. */
export const makeCrypto = (keys: CryptoKeys): CryptoProvider => {
  const sealing = new Map(Object.entries(keys.sealingKeys.keys).map(([id, base64]) => [id, derive(keyOf(base64, id))]));
  const current = sealing.get(keys.sealingKeys.current);
  if (!current || !/^[A-Za-z0-9]{1,8}$/u.test(keys.sealingKeys.current)) throw new Error('the current sealing key is not among the keys');
  const id = Buffer.from(keys.sealingKeys.current, 'ascii');
  const algorithm = ALGORITHM[keys.cipher ?? 'aes-256-gcm'];
  const head = Buffer.concat([Buffer.from([algorithm, id.length]), id]);
  const indexKey = createSecretKey(keyOf(keys.indexKey, 'index'));
  const receiptKey = createSecretKey(keyOf(keys.receiptKey, 'receipt'));
  const fileKey = createSecretKey(keyOf(keys.fileKey, 'file'));
  return {
    seal: (words, aad) => {
      const plain = typeof words === 'string' ? Buffer.from(words, 'utf8') : words;
      const place = Buffer.from(aad, 'utf8');
      return algorithm === 2 ? sm4Seal(current, head, plain, place) : gcmSeal(current, head, plain, place);
    },
    open: (sealed, aad) => {
      const length = sealed[1] ?? 0;
      const key = sealing.get(sealed.subarray(2, 2 + length).toString('ascii'));
      if (!key) throw new Error('sealed under a key that is not here');
      const ownHead = sealed.subarray(0, 2 + length);
      const rest = sealed.subarray(2 + length);
      const place = Buffer.from(aad, 'utf8');
      if (sealed[0] === ALGORITHM['aes-256-gcm']) return gcmOpen(key, ownHead, rest, place);
      if (sealed[0] === ALGORITHM.sm4) return sm4Open(key, ownHead, rest, place);
      throw new Error('sealed by an unknown algorithm');
    },
    blindIndex: (kind, value) => {
      const written = value.normalize('NFKC').trim().toLowerCase();
      return createHmac('sha256', indexKey)
        .update(`${kind}:${kind === 'phone' ? (normalPhone(value) ?? written) : written}`)
        .digest();
    },
    receiptCode: (caseId, partyId) => spelt(createHmac('sha256', receiptKey).update(`code:${caseId}:${partyId}`).digest()),
    firstPassword: (commandId, personId) =>
      spelt(createHmac('sha256', receiptKey).update(`password:${commandId}:${personId}`).digest()).toLowerCase(),
    receiptHash: (code) =>
      createHmac('sha256', receiptKey)
        .update(`hash:${normalCode(code)}`)
        .digest(),
    displayToken: (displayId) => createHmac('sha256', receiptKey).update(`display:${displayId}`).digest('base64url'),
    roomName: (caseId, sessionId) => createHmac('sha256', receiptKey).update(`room:${caseId}:${sessionId}`).digest('hex').slice(0, 40),
    fileAddress: (place, bytes) =>
      createHmac('sha256', fileKey).update(`${place}:`).update(createHash('sha256').update(bytes).digest()).digest('hex'),
  };
};

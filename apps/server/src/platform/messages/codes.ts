import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Problem } from '../errors/problem.ts';

/** Brings a one-time code to a telephone. */
export interface CodeSender {
  send(phone: string, code: string): Promise<void>;
}

/** Keeps the last code for each telephone: for tests. */
export const memorySender = (): CodeSender & { codeFor(phone: string): string | undefined } => {
  const codes = new Map<string, string>();
  return {
    send: async (phone, code) => void codes.set(phone, code),
    codeFor: (phone) => codes.get(phone),
  };
};

/** Writes codes to a file that only the account running the server can read: the demo has no line to any operator. */
export const outboxSender = (path: string): CodeSender => ({
  send: async (phone, code) => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await appendFile(path, `${phone} ${code}\n`, { mode: 0o600 });
  },
});

/** Hands codes to a gateway of the installation: POST {phone, code}. Any answer but 2xx within ten seconds is a failure. */
export const gatewaySender = (url: string, token: string | undefined): CodeSender => ({
  send: async (phone, code) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ phone, code }),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
    if (!response?.ok) throw new Problem(503, 'codeNotSent');
  },
});

/** Where no gateway is configured, sign-in by code is not offered. */
export const noSender: CodeSender = {
  send: async () => {
    throw new Problem(503, 'codeNotOffered');
  },
};

import { lookup as resolveName } from 'node:dns';
import { request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { among } from '../config/proxies.ts';

/** Addresses that are nobody's on the open network: this machine, private and link-local networks, multicast, documentation, and IPv4 in IPv6. */
const inner = new BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inner.addSubnet(address, bits, 'ipv4');
for (const [address, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(address, bits, 'ipv6');

/** Whether we may send to an address: any on the open network, and those inside that the installation names. */
export const mayReach = (address: string, allowed: readonly string[]): boolean => {
  const plain = address.replace(/^\[|\]$/gu, '').replace(/^::ffff:(?=\d+\.)/iu, '');
  const version = isIP(plain);
  if (version === 0) return false;
  return !inner.check(plain, version === 6 ? 'ipv6' : 'ipv4') || among(allowed)(plain);
};

export type Delivered = { readonly status: number } | { readonly problem: 'addressRefused' | 'unreachable' | 'timeout' };

class Refused extends Error {}

/**
 * The name is resolved once, judged, and the connection goes to that very address: a name that answers otherwise the second time gains
 * nothing. Redirects are not followed.
 */
const lookupAllowed =
  (allowed: readonly string[]): LookupFunction =>
  (host, options, done) => {
    resolveName(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 0);
      const fine = addresses.filter(({ address }) => mayReach(address, allowed));
      const [first] = fine;
      if (!first) return done(new Refused('address refused'), '', 0);
      if (options.all) return done(null, fine as never);
      return done(null, first.address, first.family);
    });
  };

/** Why an address is none we would send to, before anything is sent; undefined where it may be one. Plain HTTP is for named inner addresses only. */
export const unfitTarget = (url: string, allowed: readonly string[]): 'badAddress' | 'addressRefused' | undefined => {
  const target = URL.parse(url);
  if (!target || target.username || target.password || (target.protocol !== 'https:' && target.protocol !== 'http:')) return 'badAddress';
  const host = target.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(host) && !mayReach(host, allowed)) return 'addressRefused';
  if (target.protocol === 'http:' && !among(allowed)(host)) return 'addressRefused';
  return undefined;
};

/** Sends a body to somebody else's address and answers the status, or why none came. Never throws. */
export const postOut = (
  url: string,
  body: string | Buffer,
  {
    headers,
    allowed,
    timeoutMs = 10_000,
  }: { readonly headers: Record<string, string>; readonly allowed: readonly string[]; readonly timeoutMs?: number },
): Promise<Delivered> => {
  const unfit = unfitTarget(url, allowed);
  if (unfit) return Promise.resolve({ problem: 'addressRefused' });
  const target = new URL(url);
  return new Promise((done) => {
    const options: RequestOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: lookupAllowed(allowed),
      signal: AbortSignal.timeout(timeoutMs),
    };
    const sent = (target.protocol === 'https:' ? secureRequest : plainRequest)(target, options, (answer) => {
      // What it says is nothing to us.
      answer.destroy();
      done({ status: answer.statusCode ?? 0 });
    });
    sent.once('error', (error) => {
      const { name } = error;
      done({
        problem: error instanceof Refused ? 'addressRefused' : name === 'AbortError' || name === 'TimeoutError' ? 'timeout' : 'unreachable',
      });
    });
    sent.end(body);
  });
};

import { BlockList, isIP } from 'node:net';
import { ConfigError } from './errors.ts';

/** `false`: nobody; a number: that many proxies in a row, counted from us; addresses and ranges: the proxies that have them. */
export type TrustProxy = false | number | readonly string[];

/** Addresses and ranges (`10.0.0.5, 10.1.0.0/16, ::1`). Throws `settingUnfit`. */
export const readAddresses = (name: string, text: string): readonly string[] => {
  const addresses = text.split(',').map((one) => one.trim());
  for (const one of addresses) {
    const [address = '', bits, ...more] = one.split('/');
    const version = isIP(address);
    const widest = version === 6 ? 128 : 32;
    // A range of everybody is `trust whoever calls`, which is what must not be.
    const isRange = bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) >= 1 && Number(bits) <= widest);
    if (version === 0 || !isRange || more.length > 0)
      throw new ConfigError('settingUnfit', `${name} takes addresses and ranges such as 10.0.0.5 or 10.1.0.0/16, not ${one || 'nothing'}`);
  }
  return addresses;
};

/** `true` is one proxy: the last before us. What a client wrote into the header before it stays unbelieved. */
export const readProxies = (name: string, text: string | undefined): TrustProxy => {
  const written = (text ?? '').trim();
  if (['', 'false', '0'].includes(written)) return false;
  if (written === 'true') return 1;
  if (/^\d+$/u.test(written)) {
    if (Number(written) > 16) throw new ConfigError('settingUnfit', `${name} counts proxies in a row, at most 16, not ${written}`);
    return Number(written);
  }
  return readAddresses(name, written);
};

/** Tells whether an address is among addresses and ranges; an IPv4 address that arrives over IPv6 is the same. */
export const among = (list: readonly string[]): ((address: string) => boolean) => {
  const known = new BlockList();
  for (const one of list) {
    const [address = '', bits] = one.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) known.addAddress(address, family);
    else known.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/u, '');
    const version = isIP(plain);
    return version !== 0 && known.check(plain, version === 6 ? 'ipv6' : 'ipv4');
  };
};

/** Whether a sender is one of our proxies, as Fastify asks: its address, and how many proxies stand between it and us. */
export const trusting = (trustProxy: TrustProxy): false | ((address: string, hop: number) => boolean) =>
  typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy && among(trustProxy);

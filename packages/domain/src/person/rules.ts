/**
 * A telephone as it is stored, compared and sent to: E.164, `+8613800138000`. A Chinese number without country code gets +86; a landline
 * keeps its area code without the 0 (`0760-88881234` → `+8676088881234`). Undefined for what is no number at all.
 */
export const normalPhone = (written: string): string | undefined => {
  const digits = written
    .normalize('NFKC')
    .replace(/[\s()－-]/gu, '')
    .replace(/^00/u, '+');
  if (/^(\+86|86)?1[3-9]\d{9}$/u.test(digits)) return `+86${digits.slice(-11)}`;
  const landline = digits.replace(/^\+86(?=0)/u, '');
  if (/^0[1-9]\d{9,10}$/u.test(landline)) return `+86${landline.slice(1)}`;
  if (/^\+[1-9]\d{7,14}$/u.test(digits)) return digits;
  return undefined;
};

/** Whether a message can reach a number: a mobile one of the mainland, or one abroad, of which the number does not tell. A landline gets none. */
export const getsMessages = (written: string): boolean => /^\+(861[3-9]\d{9}|(?!86)\d+)$/u.test(normalPhone(written) ?? '');

/** Whether what somebody gave as a telephone can be dialled at all: also short numbers, extensions and numbers without their area code. */
export const canBeDialled = (written: string): boolean => written.normalize('NFKC').replace(/\D/gu, '').length >= 5;

/** A mail address as it is compared and sent to: in lower case. Undefined for what is none. */
export const normalMail = (written: string): string | undefined => {
  const address = written.normalize('NFKC').trim().toLowerCase();
  return /^[^\s@<>",;]{1,64}@[^\s@<>",;]{1,190}$/u.test(address) ? address : undefined;
};

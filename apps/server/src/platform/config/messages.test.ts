import { describe, expect, it } from 'vitest';
import { readMessages } from './messages.ts';

const SMS = { TONGXIN_SMS_URL: 'https://sms.example/send', TONGXIN_SMS_KEY_ID: 'city', TONGXIN_SMS_SECRET: 'a long enough secret' };
const MAIL = { TONGXIN_SMTP_URL: 'smtp://name:pass@mail.example', TONGXIN_MAIL_FROM: 'notices@city.example' };

describe('ways out of the house', () => {
  it('are none unless they are named', () => expect(readMessages({})).toEqual({}));

  it('are read whole, with a pace and TLS unless said otherwise', () => {
    expect(
      readMessages({ ...SMS, TONGXIN_SMS_TEMPLATES: 'progress=SMS_1, notice=T-2', ...MAIL, TONGXIN_PUSH_CONTACT: 'mailto:a@b.example' }),
    ).toEqual({
      sms: {
        url: SMS.TONGXIN_SMS_URL,
        keyId: 'city',
        secret: SMS.TONGXIN_SMS_SECRET,
        templates: { progress: 'SMS_1', notice: 'T-2' },
        perMinute: 60,
      },
      mail: { url: MAIL.TONGXIN_SMTP_URL, from: 'notices@city.example', tls: 'required', perMinute: 60 },
      push: { contact: 'mailto:a@b.example', allowed: [], perMinute: 60 },
    });
  });

  it.each([
    ['a gateway without a secret', { ...SMS, TONGXIN_SMS_SECRET: '' }],
    ['a secret one guesses', { ...SMS, TONGXIN_SMS_SECRET: 'short' }],
    ['a gateway without a key id', { ...SMS, TONGXIN_SMS_KEY_ID: ' ' }],
    ['a gateway that is no address', { ...SMS, TONGXIN_SMS_URL: 'sms.example' }],
    ['templates that name nothing', { ...SMS, TONGXIN_SMS_TEMPLATES: 'SMS_1' }],
    ['a pace of none', { ...SMS, TONGXIN_SMS_PER_MINUTE: '0' }],
    ['a mail server without a sender', { ...MAIL, TONGXIN_MAIL_FROM: '' }],
    ['a sender that is two lines', { ...MAIL, TONGXIN_MAIL_FROM: 'a@b.example\nBcc: c@d.example' }],
    ['a mail server over the web', { ...MAIL, TONGXIN_SMTP_URL: 'https://mail.example' }],
    ['half of TLS', { ...MAIL, TONGXIN_SMTP_TLS: 'maybe' }],
    ['a contact nobody reaches', { TONGXIN_PUSH_CONTACT: 'the duty room' }],
    ['a push service that is no range', { TONGXIN_PUSH_CONTACT: 'mailto:a@b.example', TONGXIN_PUSH_TO: 'inner' }],
  ])('are refused with %s, and no secret is named', (_what, env) => {
    let said = '';
    try {
      readMessages(env);
    } catch (error) {
      said = (error as Error).message;
      expect(error).toMatchObject({ code: 'settingUnfit' });
    }
    expect(said).not.toBe('');
    for (const secret of ['a long enough secret', 'short', 'pass@']) expect(said).not.toContain(secret);
  });
});

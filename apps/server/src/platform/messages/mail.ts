import { createTransport } from 'nodemailer';
import type { MailSettings } from '../config/messages.ts';
import type { Outgoing, Sender, Sent } from './sender.ts';

const AT_ONCE = 2;
const TIMEOUT_MS = 20_000;

const escaped = (words: string): string =>
  words.replace(/[&<>"]/gu, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

const WORDS = {
  zh: { open: '打开查看', why: '您在“通知设置”里选择了邮件通知，可随时在那里关闭。' },
  en: { open: 'Open', why: 'You chose mail in your notice settings, and can switch it off there at any time.' },
} as const;

/** Plain text and the same words as HTML: no picture, no style, no foreign address, nothing that tells whether it was read. */
const bodyOf = ({ text, link, stopLink, language }: Outgoing): { text: string; html: string } => {
  const { open, why } = WORDS[language];
  const foot = stopLink ? why : undefined;
  return {
    text: [text, link, foot].filter(Boolean).join('\n\n'),
    html: [
      `<!doctype html><html lang="${language}"><body><p>${escaped(text)}</p>`,
      link ? `<p><a href="${escaped(link)}">${open}</a></p>` : '',
      foot ? `<p><small>${escaped(foot)}</small></p>` : '',
      '</body></html>',
    ].join(''),
  };
};

interface SmtpError {
  readonly code?: string;
  readonly responseCode?: number;
}

/** A reply of 5xx to the receiver is final (RFC 5321 4.2.1); one to us ourselves is for staff to mend, and tried again meanwhile. */
const judge = ({ code, responseCode }: SmtpError): Sent => {
  if (code === 'EAUTH' || code === 'ETLS') return { ok: false, problem: 'notAuthorised', again: true };
  if (responseCode && responseCode >= 500) return { ok: false, problem: code === 'EENVELOPE' ? 'badAddress' : 'refused', again: false };
  if (code === 'EENVELOPE' && !responseCode) return { ok: false, problem: 'badAddress', again: false };
  return { ok: false, problem: responseCode ? 'busy' : 'unreachable', again: true };
};

/** Mail by SMTP over connections that are kept open. The message's id is its Message-ID: a mailbox shows one that came twice once. */
export const mailSender = ({ url, from, tls, perMinute }: MailSettings): Sender => {
  const target = new URL(url);
  const secure = target.protocol === 'smtps:';
  const transport = createTransport({
    pool: true,
    maxConnections: AT_ONCE,
    host: target.hostname,
    port: Number(target.port || (secure ? 465 : 587)),
    secure,
    ...(tls === 'required' ? { requireTLS: true } : { ignoreTLS: true }),
    ...(target.username ? { auth: { user: decodeURIComponent(target.username), pass: decodeURIComponent(target.password) } } : {}),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    perMinute,
    send: async (message) => {
      const { id, to, subject, stopLink } = message;
      try {
        await transport.sendMail({
          from: { name: '同心', address: from },
          to: { name: '', address: to },
          subject,
          ...bodyOf(message),
          messageId: `<${id}@${from.split('@')[1]}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            ...(stopLink ? { 'List-Unsubscribe': `<${stopLink}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
          },
        });
        return { ok: true };
      } catch (error) {
        return judge(error as SmtpError);
      }
    },
    close: () => transport.close(),
  };
};

import { MailError } from '../mail.error';

/** How to reach an SMTP server. */
export interface SmtpSettings {
  host: string;
  port: number;
  /** TLS from the first byte (smtps). */
  isSecure: boolean;
  /** `required`: no mail without TLS. `optional`: TLS where the server offers it. `off`: never. */
  startTls: 'required' | 'optional' | 'off';
  user: string;
  password: string;
}

const startTlsForms: readonly string[] = ['required', 'optional', 'off'];
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;

/**
 * Reads `smtp://user:password@host:587?starttls=required|optional|off` or `smtps://…:465`. Without `starttls`, TLS is
 * required as soon as there is a password to protect and the host is not this machine, else it is optional.
 * @throws MailError `smtp_url_invalid`; the message never holds the address, which holds a password.
 */
export function parseSmtpUrl(text: string): SmtpSettings {
  const url = checkedUrl(text);
  const isSecure = url.protocol === 'smtps:';
  const user = decoded(url.username);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const startTls = url.searchParams.get('starttls') ?? (user && !loopback.test(host) ? 'required' : 'optional');
  refuseUnless(isStartTls(startTls), 'starttls must be required, optional or off');
  return {
    host,
    port: Number(url.port) || (isSecure ? 465 : 587),
    isSecure,
    startTls,
    user,
    password: decoded(url.password),
  };
}

function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  refuseUnless(url !== null && /^smtps?:$/.test(url.protocol), 'it must start with smtp:// or smtps://');
  refuseUnless(url.hostname !== '' && /^\/?$/.test(url.pathname) && url.hash === '', 'it must name a host and no path');
  const isKnown = [...url.searchParams.keys()].every((name) => name === 'starttls');
  refuseUnless(isKnown, 'the only parameter is starttls');
  return url;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new MailError('smtp_url_invalid', 'SMTP address: user and password must be percent-encoded.', { cause });
  }
}

function isStartTls(value: string): value is SmtpSettings['startTls'] {
  return startTlsForms.includes(value);
}

function refuseUnless(condition: boolean, rule: string): asserts condition {
  if (!condition) {
    throw new MailError('smtp_url_invalid', `SMTP address: ${rule}.`);
  }
}

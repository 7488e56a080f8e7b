import { CaughtMailSender } from './caught.sender';
import type { MailSender } from './mail.sender';
import { SmtpMailSender } from './smtp.sender';
import { parseSmtpUrl } from './smtp.url';

/**
 * The sender for a `SMTP_URL`: unset or empty, mails are caught.
 * @throws MailError `smtp_url_invalid`
 */
export function mailSenderFor(smtpUrl: string | undefined): MailSender {
  return smtpUrl ? new SmtpMailSender(parseSmtpUrl(smtpUrl)) : new CaughtMailSender();
}

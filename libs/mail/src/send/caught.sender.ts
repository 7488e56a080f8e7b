import { type HandOverOutcome, MailSender, type MailToSend } from './mail.sender';

/** Stands in where no SMTP server is configured: goes through both phases, and sends nothing. */
export class CaughtMailSender extends MailSender {
  override readonly isCaught = true;

  override async handOver(_mail: MailToSend, beforeData: () => Promise<boolean>): Promise<HandOverOutcome> {
    const mayGo = await beforeData();
    return mayGo ? { outcome: 'sent', response: 'Caught: no SMTP server is configured.' } : { outcome: 'refused' };
  }
}

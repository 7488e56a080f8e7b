import { z } from 'zod';
import { judgeMail } from './inbound.mail';
import { firstOf, jsonOf } from './item.reading';
import { headersOf } from './mail.head';
import { MAIL_BYTES, noSettings, type FormFields, type SourceDefinition } from './source.definition';

const envelopeSchema = z.looseObject({ from: z.string() });
/** What SpamAssassin itself takes for spam. */
const SPAM_SCORE = 5;

function isForged(form: FormFields): boolean {
  const isSigned = /:\s*pass\b/i.test(firstOf(form, 'dkim') ?? '');
  return !isSigned && /^fail/i.test(firstOf(form, 'SPF') ?? '');
}

/** SendGrid's Inbound Parse, parsed or raw. */
export const sendgridInbound: SourceDefinition = {
  key: 'sendgrid-inbound',
  label: 'SendGrid: replies (Inbound Parse)',
  setUp:
    'In SendGrid, add a host to Inbound Parse and enter the address with its secret, shown once the source is made. ' +
    'The host’s MX record leads to SendGrid.',
  verification: 'basic-auth',
  settings: noSettings,
  mostBytes: MAIL_BYTES,
  parse: async ({ form }) => {
    const envelope = envelopeSchema.safeParse(jsonOf(firstOf(form, 'envelope')));
    const mail = judgeMail({
      provider: 'sendgrid',
      headers: await headersOf(firstOf(form, 'email') ?? firstOf(form, 'headers') ?? ''),
      id: null,
      receivedAt: undefined,
      envelopeSender: envelope.success ? envelope.data.from : null,
      isSpam: Number(firstOf(form, 'spam_score') ?? 0) >= SPAM_SCORE,
      isForged: isForged(form),
    });
    return [mail];
  },
};

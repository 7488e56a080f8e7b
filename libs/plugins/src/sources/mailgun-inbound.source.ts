import { z } from 'zod';
import { judgeMail, type MailHeader } from './inbound.mail';
import { firstOf, isoOfSeconds, jsonOf, lastOf } from './item.reading';
import { headersOf } from './mail.head';
import { MAIL_BYTES, noSettings, type FormFields, type SourceDefinition } from './source.definition';

const pairsSchema = z.array(z.tuple([z.string(), z.unknown()]));

async function headersIn(form: FormFields): Promise<MailHeader[]> {
  const raw = firstOf(form, 'body-mime');
  if (raw !== undefined) return headersOf(raw);
  const pairs = pairsSchema.safeParse(jsonOf(firstOf(form, 'message-headers')));
  return pairs.success ? pairs.data.map(([name, value]) => ({ name, value: String(value) })) : [];
}

/** Mailgun's routes that forward mail, parsed or raw. */
export const mailgunInbound: SourceDefinition = {
  key: 'mailgun-inbound',
  label: 'Mailgun: replies (routes)',
  setUp:
    'In Mailgun, make a route for the address that replies go to, with this address as where it forwards to. The secret ' +
    'is the HTTP webhook signing key of the account.',
  verification: 'mailgun-hmac',
  settings: noSettings,
  mostBytes: MAIL_BYTES,
  parse: async ({ form }) => {
    const headers = await headersIn(form);
    const result = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
    const mail = judgeMail({
      provider: 'mailgun',
      headers,
      id: lastOf(form, 'token') ?? null,
      receivedAt: isoOfSeconds(Number(lastOf(form, 'timestamp'))),
      envelopeSender: firstOf(form, 'sender') ?? null,
      isSpam: /^yes$/i.test(result('x-mailgun-sflag')),
      isForged: /^fail$/i.test(result('x-mailgun-spf')) && !/^pass$/i.test(result('x-mailgun-dkim-check-result')),
    });
    return [mail];
  },
};

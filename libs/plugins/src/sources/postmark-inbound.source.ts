import { z } from 'zod';
import { judgeMail, type MailHeader } from './inbound.mail';
import { readItem } from './item.reading';
import { headersOf } from './mail.head';
import { MAIL_BYTES, noSettings, type SourceDefinition } from './source.definition';

const mailSchema = z.looseObject({
  FromFull: z.looseObject({ Email: z.string() }).optional(),
  Subject: z.string().optional(),
  MessageID: z.string().max(200).optional(),
  RawEmail: z.string().optional(),
  Headers: z.array(z.looseObject({ Name: z.string(), Value: z.string() })).optional(),
});
type PostmarkMail = z.output<typeof mailSchema>;

/** Postmark takes sender and subject out of the headers it passes on. */
async function headersIn(mail: PostmarkMail): Promise<MailHeader[]> {
  const given = (mail.Headers ?? []).map(({ Name, Value }) => ({ name: Name, value: Value }));
  const raw = mail.RawEmail === undefined ? [] : await headersOf(mail.RawEmail);
  const from = mail.FromFull === undefined ? [] : [{ name: 'From', value: `<${mail.FromFull.Email}>` }];
  const subject = mail.Subject === undefined ? [] : [{ name: 'Subject', value: mail.Subject }];
  return [...from, ...subject, ...given, ...raw];
}

/** Postmark's inbound webhook. */
export const postmarkInbound: SourceDefinition = {
  key: 'postmark-inbound',
  label: 'Postmark: replies (inbound)',
  setUp:
    'In Postmark, set the address with its secret, shown once the source is made, as the webhook of the inbound stream.',
  verification: 'basic-auth',
  settings: noSettings,
  mostBytes: MAIL_BYTES,
  parse: async ({ json }) => {
    const parsed = mailSchema.safeParse(json);
    const headers = parsed.success ? await headersIn(parsed.data) : [];
    const result = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value;
    return readItem(json, mailSchema, ({ MessageID }) =>
      judgeMail({
        provider: 'postmark',
        headers,
        id: MessageID ?? null,
        receivedAt: undefined,
        envelopeSender: result('return-path') ?? null,
        isSpam: /^yes\b/i.test(result('x-spam-status') ?? ''),
        isForged:
          /^\s*fail\b/i.test(result('received-spf') ?? '') &&
          !/\bdkim=pass\b/i.test(result('authentication-results') ?? ''),
      }),
    );
  },
};

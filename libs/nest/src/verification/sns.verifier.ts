import { verify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { confirmationUrl, isCertificateUrl, type SnsClient } from './sns.client';
import { noNewSecret, refused, right, type Verifier } from './verifier';

const messageSchema = z.looseObject({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
  Subject: z.string().nullish(),
  SubscribeURL: z.string().optional(),
  Token: z.string().optional(),
});
type SnsMessage = z.output<typeof messageSchema>;

const settingsSchema = z.object({ topicArn: z.string() });
const notified = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const;
const confirmed = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const;

/** The text Amazon signs: names and values of the fields that are there, a line each, in the order of their names. */
export function signedText(message: SnsMessage): string {
  const fields = message.Type === 'Notification' ? notified : confirmed;
  const present = fields.flatMap((name) => {
    const value = message[name];
    return value === undefined || value === null ? [] : [`${name}\n${value}\n`];
  });
  return present.join('');
}

function isSignedBy(pem: string, message: SnsMessage, now: number): boolean {
  try {
    const certificate = new X509Certificate(pem);
    if (Date.parse(certificate.validTo) < now) return false;
    const algorithm = message.SignatureVersion === '1' ? 'sha1' : 'sha256';
    const signature = Buffer.from(message.Signature, 'base64');
    return verify(algorithm, Buffer.from(signedText(message)), certificate.publicKey, signature);
  } catch {
    return false;
  }
}

/**
 * Amazon SNS, signature versions 1 and 2. Only the topic that was set up is believed: Amazon signs for everybody's
 * topics. A subscription to it is confirmed, once its request has proved to be Amazon's.
 */
export function snsVerifier(client: SnsClient): Verifier {
  return {
    secretOrigin: 'none',
    newSecret: noNewSecret,
    verify: async (delivery) => {
      const message = messageSchema.safeParse((await delivery.body()).json);
      const settings = settingsSchema.safeParse(delivery.settings);
      if (!message.success || !settings.success) return refused('signature_missing');
      const { TopicArn, SigningCertURL, Type, Token = '' } = message.data;
      if (TopicArn !== settings.data.topicArn) return refused('wrong_topic');
      if (!isCertificateUrl(SigningCertURL)) return refused('signature_wrong');
      const pem = await client.certificate(SigningCertURL, delivery.now);
      if (!isSignedBy(pem, message.data, delivery.now)) return refused('signature_wrong');
      const url = Type === 'SubscriptionConfirmation' ? confirmationUrl(TopicArn, Token) : null;
      if (url !== null) await client.confirm(url);
      return right({ isDone: Type !== 'Notification' });
    },
  };
}

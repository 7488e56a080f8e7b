import { Injectable } from '@nestjs/common';
import { OperationalError } from '@rekindle/contracts';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 65_536;
const CERTIFICATE_LIFE_MS = 3_600_000;
const MOST_CERTIFICATES = 20;

/** Amazon's hosts and the one file name it signs with; nothing a sender writes can lead elsewhere. */
const certificateUrl =
  /^https:\/\/sns\.[a-z]{2}(-[a-z]+){1,3}-\d\.amazonaws\.com(\.cn)?\/SimpleNotificationService-[0-9a-zA-Z]{8,64}\.pem$/;
const topicForm = /^arn:(aws[a-z-]*):sns:([a-z]{2}(?:-[a-z]+){1,3}-\d):\d{12}:[\w-]{1,256}$/;

/** True for addresses of Amazon's signing certificates. */
export const isCertificateUrl = (url: string): boolean => certificateUrl.test(url);

/** Where a topic's subscriptions are confirmed: built from the topic that was set up, never taken from a message. */
export function confirmationUrl(topicArn: string, token: string): string | null {
  const [, partition, region] = topicForm.exec(topicArn) ?? [];
  if (region === undefined || !/^[0-9a-zA-Z]{1,1000}$/.test(token)) return null;
  const host = `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
  const query = new URLSearchParams({ Action: 'ConfirmSubscription', TopicArn: topicArn, Token: token });
  return `https://${host}/?${query}`;
}

async function boundedText({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    size += part.value.length;
    if (size > MOST_BYTES) throw new Error('the answer is too large');
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function get(url: string): Promise<string> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return await boundedText(response);
  } catch (cause) {
    throw new OperationalError('sns_unreachable', 'Amazon SNS could not be asked.', { cause });
  }
}

/** What we ask of Amazon SNS. Only its own hosts are called, without redirects, with a time and a size limit. */
@Injectable()
export class SnsClient {
  private readonly certificates = new Map<string, { pem: string; until: number }>();

  /** PEM of a signing certificate, kept for an hour. @throws OperationalError `sns_unreachable` */
  async certificate(url: string, now: number): Promise<string> {
    const known = this.certificates.get(url);
    if (known && known.until > now) return known.pem;
    const pem = await get(url);
    if (this.certificates.size >= MOST_CERTIFICATES) this.certificates.clear();
    this.certificates.set(url, { pem, until: now + CERTIFICATE_LIFE_MS });
    return pem;
  }

  /** Confirms a subscription. @throws OperationalError `sns_unreachable` */
  async confirm(url: string): Promise<void> {
    await get(url);
  }
}

import PostalMime from 'postal-mime';
import type { MailHeader } from './inbound.mail';

const MOST_HEAD_LENGTH = 256 * 1_024;

/** The head of a raw mail, each line unfolded. What follows the head is not looked at. */
export async function headersOf(raw: string): Promise<MailHeader[]> {
  const start = raw.slice(0, MOST_HEAD_LENGTH);
  const end = /\r?\n\r?\n/.exec(start)?.index ?? start.length;
  const { headers } = await PostalMime.parse(`${start.slice(0, end)}\r\n\r\n`);
  return headers.map(({ originalKey, value }) => ({ name: originalKey, value }));
}

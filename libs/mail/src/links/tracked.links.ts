import { decodeEntities, escapeHtml } from '../render/markup.check';
import { scanMarkup } from '../render/markup.scanner';

/** The two parts of a mail. */
export interface MailParts {
  html: string;
  text: string;
}

export interface LinkTracking {
  /** The address to write instead of `url`; asked once per address. Null leaves the link as it is. */
  resolve(url: string): string | null;
  /** Links never touched, whatever they stand in: the unsubscribe link. */
  untouched: readonly string[];
  /** Address of the open pixel; without one, none is added. */
  openPixelUrl?: string;
  /** Address of a link that people do not see, for telling software that follows all; without one, none is added. */
  hiddenLinkUrl?: string | undefined;
}

const httpUrl = /^https?:\/\//i;
const textUrl = /https?:\/\/[^\s<>"]+/gi;
const sentenceEnd = /[.,;:!?)\]}']+$/;

/**
 * Replaces the http(s) links of a mail by tracked ones, in both parts, and adds the hidden link and the open pixel at
 * the end of the HTML.
 * The HTML must have passed `checkMarkup` (what `TemplateRenderer` returns has).
 */
export function rewriteLinks(mail: MailParts, tracking: LinkTracking): MailParts {
  const replacement = remembered(tracking);
  return { html: withTraces(rewriteHtml(mail.html, replacement), tracking), text: rewriteText(mail.text, replacement) };
}

function remembered({ resolve, untouched }: LinkTracking): (url: string) => string {
  const known = new Map(untouched.map((url) => [url, url]));
  return (url) => {
    const answer = known.get(url) ?? resolve(url) ?? url;
    known.set(url, answer);
    return answer;
  };
}

function rewriteHtml(html: string, replacement: (url: string) => string): string {
  const hrefs = scanMarkup(html)
    .filter(({ name }) => name === 'a')
    .flatMap(({ attributes }) => attributes.filter(({ name }) => name === 'href'));
  let rewritten = '';
  let done = 0;
  for (const { value, valueStart } of hrefs) {
    const written = value ?? '';
    const url = decodeEntities(written);
    if (httpUrl.test(url)) {
      rewritten += html.slice(done, valueStart) + escapeHtml(replacement(url));
      done = valueStart + written.length;
    }
  }
  return rewritten + html.slice(done);
}

function rewriteText(text: string, replacement: (url: string) => string): string {
  return text.replace(textUrl, (found) => {
    const end = sentenceEnd.exec(found)?.[0] ?? '';
    return replacement(found.slice(0, found.length - end.length)) + end;
  });
}

function pixel(url: string): string {
  return `<img src="${escapeHtml(url)}" width="1" height="1" alt="" style="display:block;border:0">`;
}

/** Without content, out of sight, out of the order of the Tab key and not read out. */
function hiddenLink(url: string): string {
  return `<a href="${escapeHtml(url)}" aria-hidden="true" tabindex="-1" style="display:none"></a>`;
}

function withTraces(html: string, { hiddenLinkUrl, openPixelUrl }: LinkTracking): string {
  const traces = (hiddenLinkUrl ? hiddenLink(hiddenLinkUrl) : '') + (openPixelUrl ? pixel(openPixelUrl) : '');
  const end = html.toLowerCase().lastIndexOf('</body>');
  return end === -1 ? html + traces : html.slice(0, end) + traces + html.slice(end);
}

import { MailError } from '../mail.error';
import { type MarkupAttribute, type MarkupTag, scanMarkup } from './markup.scanner';

const elements = new Set(
  (
    'html head meta title style body div span p a b strong i em u small sub sup br hr h1 h2 h3 h4 ul ol li blockquote ' +
    'pre code center table caption thead tbody tfoot tr td th img'
  ).split(' '),
);

const attributes = new Set(
  (
    'align alt bgcolor border cellpadding cellspacing charset class colspan content dir height href id lang name rel ' +
    'role rowspan scope src style tabindex target title valign width'
  ).split(' '),
);

const metaNames = new Set([
  'viewport',
  'color-scheme',
  'supported-color-schemes',
  'format-detection',
  'x-apple-disable-message-reformatting',
]);

const linkUrl = /^(?:https?:\/\/[^\s"'<>\\]+|mailto:[^\s"'<>\\]+)$/i;
const imageUrl = /^https?:\/\/[^\s"'<>\\]+$/i;
const unsafeCss = /url\s*\(|expression|@import|javascript|behavior|-moz-binding|[\\<]|\/\*/i;

/**
 * Checks a finished HTML mail: only the elements and attributes mail needs, links http, https or mailto, images http
 * or https, no scripts, no event attributes, no forms, no style that loads anything.
 * @throws MailError `template_unsafe_markup` naming what is refused.
 */
export function checkMarkup(html: string): void {
  for (const tag of scanMarkup(html)) {
    refuseUnless(elements.has(tag.name), `<${tag.name}> is not allowed in a mail.`);
    tag.attributes.forEach((attribute) => checkAttribute(tag, attribute));
    checkMeta(tag);
    refuseUnless(!tag.content || !unsafeCss.test(tag.content), '<style> may not load anything or hold comments.');
  }
}

function checkAttribute(tag: MarkupTag, { name, value }: MarkupAttribute): void {
  refuseUnless(attributes.has(name) || /^aria-[a-z]+$/.test(name), `The attribute ${name} is not allowed in a mail.`);
  const decoded = decodeEntities(value ?? '');
  if (name === 'href') {
    refuseUnless(tag.name === 'a' && linkUrl.test(decoded), 'A link must be a whole http, https or mailto address.');
  }
  if (name === 'src') {
    refuseUnless(tag.name === 'img' && imageUrl.test(decoded), 'An image must have a whole http or https address.');
  }
  if (name === 'style') {
    refuseUnless(!unsafeCss.test(decoded), 'A style may not load anything.');
  }
}

function checkMeta(tag: MarkupTag): void {
  if (tag.name !== 'meta') {
    return;
  }
  const isPlain = tag.attributes.every(
    ({ name, value }) => name === 'charset' || name === 'content' || (name === 'name' && metaNames.has(value ?? '')),
  );
  refuseUnless(isPlain, 'This <meta> is not allowed in a mail.');
}

function refuseUnless(condition: boolean, message: string): void {
  if (!condition) {
    throw new MailError('template_unsafe_markup', message);
  }
}

const namedEntities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes what `escapeExpression` writes, and numeric references. Any other reference stays as written. */
export function decodeEntities(value: string): string {
  return value.replace(
    /&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, ...groups: unknown[]) => {
      const [hex, decimal, name] = groups;
      if (typeof name === 'string') {
        return namedEntities[name.toLowerCase()] ?? whole;
      }
      const codePoint = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
      return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
    },
  );
}

/** Escapes a text so that it may stand in text or in a double-quoted attribute. */
export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

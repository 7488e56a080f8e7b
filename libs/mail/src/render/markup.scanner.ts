import { MailError } from '../mail.error';

/** One attribute of a tag; `value` is as written (entities not decoded), null when the attribute has none. */
export interface MarkupAttribute {
  name: string;
  value: string | null;
  /** Offset of the value in the whole markup. */
  valueStart: number;
}

/** One tag; `end` is the offset after its `>`. `content` is the raw text of a `<style>` element. */
export interface MarkupTag {
  name: string;
  isClosing: boolean;
  attributes: readonly MarkupAttribute[];
  start: number;
  end: number;
  content: string | null;
}

const tagPattern = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"]*")?)*)\s*\/?>/y;
const attributePattern = /\s+([a-zA-Z][a-zA-Z0-9:-]*)(?:="([^"]*)")?/g;
const doctypePattern = /<!doctype html>/iy;
const SHOWN_CHARACTERS = 40;

/**
 * Reads the tags of markup written in a strict subset of HTML: every attribute value in double quotes, no comments,
 * no processing instructions, no `<` that does not start a tag. What a lenient browser could read in two ways is
 * refused, so that this reading and the reader's are the same.
 * @throws MailError `template_unsafe_markup` at the first character outside the subset.
 */
export function scanMarkup(markup: string): MarkupTag[] {
  const tags: MarkupTag[] = [];
  let offset = markup.indexOf('<');
  while (offset !== -1) {
    const doctypeEnd = matchAt(doctypePattern, markup, offset) ? doctypePattern.lastIndex : null;
    if (doctypeEnd === null) {
      const tag = readTag(markup, offset);
      tags.push(tag);
      offset = tag.end + (tag.content?.length ?? 0);
    } else {
      offset = doctypeEnd;
    }
    offset = markup.indexOf('<', offset);
  }
  return tags;
}

function matchAt(pattern: RegExp, markup: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset;
  return pattern.exec(markup);
}

function readTag(markup: string, start: number): MarkupTag {
  const match = matchAt(tagPattern, markup, start);
  if (!match) {
    throw new MailError('template_unsafe_markup', `Not plain HTML: ${shown(markup, start)}`);
  }
  const name = (match[2] ?? '').toLowerCase();
  const isClosing = match[1] === '/';
  const attributesStart = start + 1 + (match[1]?.length ?? 0) + name.length;
  const end = start + match[0].length;
  return {
    name,
    isClosing,
    attributes: readAttributes(match[3] ?? '', attributesStart),
    start,
    end,
    content: name === 'style' && !isClosing ? styleContent(markup, end) : null,
  };
}

function readAttributes(source: string, start: number): MarkupAttribute[] {
  return [...source.matchAll(attributePattern)].map((match) => {
    const value = match[2] ?? null;
    const end = start + match.index + match[0].length;
    return {
      name: (match[1] ?? '').toLowerCase(),
      value,
      valueStart: value === null ? end : end - 1 - value.length,
    };
  });
}

function styleContent(markup: string, start: number): string {
  const end = markup.indexOf('</style>', start);
  if (end === -1) {
    throw new MailError('template_unsafe_markup', 'A <style> element is never closed.');
  }
  return markup.slice(start, end);
}

function shown(markup: string, start: number): string {
  return JSON.stringify(markup.slice(start, start + SHOWN_CHARACTERS));
}

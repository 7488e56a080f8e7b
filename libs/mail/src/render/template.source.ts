/** Marketing mail carries the sender's address and a way out; internal mail goes to the team. */
export type TemplateKind = 'promotional' | 'internal';

/** A template as people write it: Handlebars texts, each checked when it is loaded. */
export interface TemplateSource {
  key: string;
  name: string;
  description: string;
  kind: TemplateKind;
  subject: string;
  /** The line an inbox shows after the subject. */
  preheader: string;
  html: string;
  /** Without it the plain text is made from the HTML. */
  text?: string;
}

/** The frame round a template: `[[preheader]]` and `[[content]]` are replaced before anything is parsed. */
export interface TemplateLayout {
  html: string;
  text: string;
}

/** Puts a template's part into its layout. Plain replacement of source by source; no data is involved. */
export function intoLayout(layout: string, parts: { content: string; preheader: string }): string {
  return layout
    .replace('[[preheader]]', () => parts.preheader.trim())
    .replace('[[content]]', () => parts.content.trim());
}

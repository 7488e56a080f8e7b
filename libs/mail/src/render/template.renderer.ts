import { createHash } from 'node:crypto';
import { convert } from 'html-to-text';
import { MailError } from '../mail.error';
import { checkMarkup } from './markup.check';
import { shippedLayouts, shippedTemplates } from './shipped-templates.generated';
import { type CompiledTemplate, compileTemplate } from './template.compiler';
import type { TemplateContext } from './template.context';
import { intoLayout, type TemplateKind, type TemplateLayout, type TemplateSource } from './template.source';

/** A mail ready to be composed. Freeze it with the intent to send: rendering again later may give other words. */
export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
  /** First 16 hex digits of the SHA-256 of the template and its layout. */
  templateVersion: string;
}

/** What can be said about a template without rendering it. */
export interface TemplateSummary {
  key: string;
  name: string;
  description: string;
  kind: TemplateKind;
  version: string;
}

export interface TemplateRendererOptions {
  /** Default: the shipped ones. A host adds its own: `[...shippedTemplates, mine]`; the last of a key wins. */
  templates?: readonly TemplateSource[];
  layouts?: Readonly<Record<TemplateKind, TemplateLayout>>;
}

interface LoadedTemplate {
  summary: TemplateSummary;
  subject: CompiledTemplate;
  html: CompiledTemplate;
  text: CompiledTemplate | null;
}

/** Values without which a marketing mail may not leave: the law asks for both. */
const promotionalPaths = ['sender.postalAddress', 'links.unsubscribe'];

/**
 * Renders mails from templates. All templates are checked and compiled by the constructor, so a bad one is found at
 * the start and not at two in the morning.
 * @throws MailError of `compileTemplate`, naming the template; `template_not_allowed` where a promotional one does not
 * always show the postal address and the unsubscribe link.
 */
export class TemplateRenderer {
  private readonly templates: ReadonlyMap<string, LoadedTemplate>;

  constructor({ templates = shippedTemplates, layouts = shippedLayouts }: TemplateRendererOptions = {}) {
    this.templates = new Map(templates.map((source) => [source.key, load(source, layouts[source.kind])]));
  }

  has(key: string): boolean {
    return this.templates.has(key);
  }

  list(): TemplateSummary[] {
    return [...this.templates.values()].map(({ summary }) => summary);
  }

  /**
   * @throws MailError `template_unknown`; `template_missing_data` with the paths that had neither a value nor a default
   * (hold the mail); `template_unsafe_markup` where a value made a link unsafe; `template_output_too_large`.
   */
  render(key: string, context: TemplateContext): RenderedMail {
    const template = this.templates.get(key);
    if (!template) {
      throw new MailError('template_unknown', `There is no mail template "${key}".`);
    }
    const subject = template.subject.render(context);
    const html = template.html.render(context);
    const text = template.text?.render(context);
    refuseMissing(key, [...subject.missing, ...html.missing, ...(text?.missing ?? [])]);
    checkMarkup(html.text);
    return {
      subject: subject.text.replace(/\s+/g, ' ').trim(),
      html: html.text,
      text: tidy(text?.text ?? plainText(html.text)),
      templateVersion: template.summary.version,
    };
  }
}

function load(source: TemplateSource, layout: TemplateLayout): LoadedTemplate {
  const { key, name, description, kind, subject, preheader } = source;
  const html = intoLayout(layout.html, { preheader, content: source.html });
  const text = source.text === undefined ? null : intoLayout(layout.text, { preheader, content: source.text });
  const version = createHash('sha256')
    .update(JSON.stringify([subject, html, text]))
    .digest('hex')
    .slice(0, 16);
  return naming(key, () => {
    const loaded = {
      summary: { key, name, description, kind, version },
      subject: compileTemplate(subject, 'text'),
      html: compileTemplate(html, 'html'),
      text: text === null ? null : compileTemplate(text, 'text'),
    };
    refuseWithoutFooter(loaded);
    return loaded;
  });
}

function refuseWithoutFooter({ summary, html, text }: LoadedTemplate): void {
  const parts = text ? [html, text] : [html];
  const absent = promotionalPaths.filter((path) => parts.some((part) => !part.shownPaths.has(path)));
  if (summary.kind === 'promotional' && absent.length > 0) {
    throw new MailError('template_not_allowed', `A promotional mail must show ${absent.join(' and ')}.`);
  }
}

function naming<T>(key: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof MailError) {
      throw new MailError(error.code, `Mail template "${key}": ${error.message}`, {
        cause: error,
        position: error.position,
      });
    }
    throw error;
  }
}

function refuseMissing(key: string, missing: readonly string[]): void {
  if (missing.length > 0) {
    const paths = [...new Set(missing)];
    throw new MailError('template_missing_data', `Mail template "${key}" needs ${paths.join(', ')}.`, {
      missing: paths,
    });
  }
}

function plainText(html: string): string {
  return convert(html, {
    wordwrap: 78,
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
      { selector: 'img', format: 'skip' },
      { selector: '.preheader', format: 'skip' },
    ],
  });
}

/** At most one empty line in a row, none at the ends: conditional lines leave gaps. */
function tidy(text: string): string {
  return `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

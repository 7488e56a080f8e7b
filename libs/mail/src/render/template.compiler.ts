import Handlebars from 'handlebars';
import { MailError } from '../mail.error';
import { blockMark, checkTemplate, valueMark } from './template.check';
import { safeContext, type TemplateContext } from './template.context';
import { scanMarkup } from './markup.scanner';

const MOST_OUTPUT_BYTES = 256 * 1024;
const MOST_VALUES = 20_000;

/** What a template makes of a context. `missing` lists the paths that had no value and no default. */
export interface TemplateOutput {
  text: string;
  missing: readonly string[];
}

/** A checked and compiled template. */
export interface CompiledTemplate {
  /** The data paths it always shows: those outside any block. */
  shownPaths: ReadonlySet<string>;
  render(context: TemplateContext): TemplateOutput;
}

interface RenderRun {
  values: number;
  missing: Set<string>;
}

/**
 * Compiles one template in an environment of its own, which knows `if`, `unless`, `each`, `with`, `value` and
 * `default` and nothing else. `html` escapes values for text and double-quoted attributes and refuses a template that
 * puts one anywhere else (in a tag, in `<style>`); `text` leaves them as they are.
 * @throws MailError as `checkTemplate`, and `template_unsafe_markup`.
 */
export function compileTemplate(source: string, form: 'html' | 'text'): CompiledTemplate {
  const { ast, outline, shownPaths } = checkTemplate(source);
  if (form === 'html') {
    checkOutline(outline);
  }
  const run: RenderRun = { values: 0, missing: new Set() };
  const template = environment(run).compile(ast, {
    knownHelpers: { value: true, default: true },
    knownHelpersOnly: true,
    noEscape: form === 'text',
  });
  const render = (context: TemplateContext): TemplateOutput => {
    run.values = 0;
    run.missing = new Set();
    const text = template(safeContext(context));
    if (Buffer.byteLength(text) > MOST_OUTPUT_BYTES) {
      throw new MailError('template_output_too_large', 'A mail part holds at most 256 KB.');
    }
    return { text, missing: [...run.missing] };
  };
  return { shownPaths, render };
}

/** Values may stand in text and in attribute values only: the scanner knows no mark anywhere else in a tag. */
function checkOutline(outline: string): void {
  for (const { content } of scanMarkup(outline)) {
    if (content?.includes(valueMark) || content?.includes(blockMark)) {
      throw new MailError('template_unsafe_markup', 'A value may not stand in <style>.');
    }
  }
}

function environment(run: RenderRun): typeof Handlebars {
  const own = Handlebars.create();
  for (const name of ['helperMissing', 'blockHelperMissing', 'log', 'lookup']) {
    own.unregisterHelper(name);
  }
  own.registerHelper('value', (value: unknown, path: string) => {
    countValue(run);
    const text = scalarText(value);
    if (text === null) {
      run.missing.add(path);
    }
    return text ?? '';
  });
  own.registerHelper('default', (value: unknown, otherwise: unknown) => {
    countValue(run);
    return scalarText(value) ?? scalarText(otherwise) ?? '';
  });
  return own;
}

function countValue(run: RenderRun): void {
  run.values += 1;
  if (run.values > MOST_VALUES) {
    throw new MailError('template_output_too_large', 'The template repeats itself too often.');
  }
}

function scalarText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

import { TemplateRenderer } from './template.renderer';
import type { TemplateSource } from './template.source';

const template: TemplateSource = {
  key: 'note',
  name: 'Note',
  description: 'A note.',
  kind: 'internal',
  subject: 'About {{lead.name}}',
  preheader: 'Short',
  html: '<p>Dear {{default owner.name "colleague"}}, <a href="{{links.lead}}">{{lead.name}}</a></p>',
  text: 'Dear {{default owner.name "colleague"}}, {{lead.name}}: {{links.lead}}',
};
const layouts = {
  internal: { html: '<div class="preheader">[[preheader]]</div>[[content]]', text: '[[content]]\n\n\n\n-- \nend' },
  promotional: { html: '[[content]]', text: '[[content]]' },
};
const context = { lead: { name: 'Jane' }, links: { lead: 'https://crm.example/leads/1?a=1&b=2' } };
const rendererOf = (changes: Partial<TemplateSource> = {}) =>
  new TemplateRenderer({ templates: [{ ...template, ...changes }], layouts });

describe('rendering a template', () => {
  it('gives subject, HTML and text, each in its layout', () => {
    expect(rendererOf().render('note', context)).toEqual({
      subject: 'About Jane',
      html:
        '<div class="preheader">Short</div><p>Dear colleague, ' +
        '<a href="https://crm.example/leads/1?a&#x3D;1&amp;b&#x3D;2">Jane</a></p>',
      text: 'Dear colleague, Jane: https://crm.example/leads/1?a=1&b=2\n\n--\nend\n',
      templateVersion: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('makes the text from the HTML where there is none', () => {
    const { text } = rendererOf({ text: undefined }).render('note', context);

    expect(text).toBe('Dear colleague, Jane [https://crm.example/leads/1?a=1&b=2]\n');
  });

  it('holds a mail that lacks what it needs, and says what', () => {
    expect(() => rendererOf().render('note', { lead: {} })).toThrow(
      expect.objectContaining({ code: 'template_missing_data', missing: ['lead.name', 'links.lead'] }),
    );
  });

  it('never lets a value become an unsafe link', () => {
    const links = { lead: 'javascript:alert(1)' };

    expect(() => rendererOf().render('note', { ...context, links })).toThrow(
      expect.objectContaining({ code: 'template_unsafe_markup' }),
    );
  });

  it('changes its version with any change of template or layout, and not otherwise', () => {
    const versionOf = (changes: Partial<TemplateSource>) => rendererOf(changes).list()[0]?.version;

    expect(versionOf({})).toBe(versionOf({ description: 'Another description.' }));
    expect(versionOf({})).not.toBe(versionOf({ html: `${template.html} ` + '<p>x</p>' }));
    expect(versionOf({})).not.toBe(versionOf({ kind: 'internal', subject: 'x' }));
  });

  it('finds a bad template at the start and names it', () => {
    expect(() => rendererOf({ html: '{{{lead.name}}}' })).toThrow(/"note".*Raw output/);
    expect(() => rendererOf({ text: '{{log lead}}' })).toThrow(
      expect.objectContaining({ code: 'template_not_allowed' }),
    );
  });

  it('L7: refuses a promotional template that may leave without postal address or way out', () => {
    const shown = '{{sender.postalAddress}} {{links.unsubscribe}}';
    const promotional = (html: string, text: string) => rendererOf({ kind: 'promotional', html, text });

    expect(() => promotional(shown, shown)).not.toThrow();
    expect(() => promotional(shown, 'x')).toThrow(/sender\.postalAddress and links\.unsubscribe/);
    expect(() => promotional('x', shown)).toThrow(/sender\.postalAddress/);
    expect(() => promotional(`{{#if lead.name}}${shown}{{/if}}`, shown)).toThrow(/sender\.postalAddress/);
    expect(() => promotional('{{sender.postalAddress}} {{default links.unsubscribe "x"}}', shown)).toThrow(
      /links\.unsubscribe/,
    );
  });

  it('knows which templates there are', () => {
    expect(rendererOf().has('note')).toBe(true);
    expect(rendererOf().has('constructor')).toBe(false);
    expect(() => rendererOf().render('nope', context)).toThrow(expect.objectContaining({ code: 'template_unknown' }));
  });
});

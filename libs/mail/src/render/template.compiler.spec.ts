import fc from 'fast-check';
import { MailError } from '../mail.error';
import { compileTemplate } from './template.compiler';

const codeOf = (source: unknown, form: 'html' | 'text' = 'html') => {
  try {
    // A host in JavaScript may pass anything.
    Reflect.apply(compileTemplate, undefined, [source, form]);
    return 'compiled';
  } catch (error) {
    return error instanceof MailError ? error.code : error;
  }
};

const render = (source: string, context: Record<string, never> | object, form: 'html' | 'text' = 'html') =>
  compileTemplate(source, form).render(JSON.parse(JSON.stringify(context)));

describe('what a template may say', () => {
  it('is values, defaults, conditions and loops', () => {
    const source =
      '{{! a note }}{{#if a.b}}{{a.b}}{{else if c}}C{{else}}-{{/if}}{{#unless d}}!{{/unless}}' +
      '{{#each list}}{{@index}}{{#if @first}}*{{/if}}{{this}}{{../c}};{{/each}}{{#with a}}{{b}}{{/with}}{{default e "there"}}';

    expect(render(source, { a: { b: 'B' }, c: 'C', list: ['x', 'y'] })).toEqual({
      text: 'B!0*xC;1yC;Bthere',
      missing: [],
    });
  });

  it.each([
    '{{{a}}}',
    '{{&a}}',
    '{{> partial}}',
    '{{#> layout}}x{{/layout}}',
    '{{> @partial-block}}',
    '{{#*inline "a"}}{{> a}}{{/inline}}{{> a}}',
    '{{* decorator}}',
    '{{log a}}',
    '{{lookup this "constructor"}}',
    '{{#log a}}x{{/log}}',
    '{{helperMissing a}}',
    '{{blockHelperMissing a}}',
    '{{#blockHelperMissing a}}x{{/blockHelperMissing}}',
    '{{unknown a b}}',
    '{{#unknown}}x{{/unknown}}',
    '{{#a}}x{{/a}}',
    '{{^a}}x{{/a}}',
    '{{a b=c}}',
    '{{default a b=c}}',
    '{{default a}}',
    '{{default a b c}}',
    '{{default (lookup this "constructor") "x"}}',
    '{{#if (lookup this "x")}}x{{/if}}',
    '{{#with this as |x|}}x{{/with}}',
    '{{#if a b}}x{{/if}}',
    '{{#each a b=1}}x{{/each}}',
    '{{constructor}}',
    '{{constructor.name}}',
    '{{a.constructor.constructor}}',
    '{{a.[constructor]}}',
    '{{a.__proto__.x}}',
    '{{__lookupGetter__}}',
    '{{__defineGetter__}}',
    '{{a.prototype}}',
    '{{toString}}',
    '{{valueOf}}',
    '{{@root.a}}',
    '{{@root.constructor}}',
    '{{@key}}',
    '{{@partial-block}}',
    '{{@data.x}}',
    '{{if}}',
    '{{each}}',
    '{{"literal"}}',
    '{{1}}',
    '{{true}}',
    '{{undefined}}',
    '{{null}}',
    '{{#with (split "a")}}x{{/with}}',
    '{{a.b.c.d.e.f.g}}',
    '{{#with "s" as |string|}}{{#with "e"}}{{string.sub.apply}}{{/with}}{{/with}}',
    `{{#with (lookup this "constructor")}}{{#with (lookup this "call")}}{{this "return process"}}{{/with}}{{/with}}`,
  ])('T4: is not %s', (source) => {
    expect(codeOf(source)).toBe('template_not_allowed');
  });

  it.each(['{{', '{{a', '{{#if a}}', '{{/if}}', '{{#if a}}x{{/unless}}', '{{a b=}}', '{{}}', '{{else}}'])(
    'must be well-formed: %s',
    (source) => {
      expect(codeOf(source)).toBe('template_syntax');
    },
  );

  it('is text, never a prepared tree', () => {
    const tree = { type: 'Program', body: [{ type: 'ContentStatement', value: 'x' }] };

    for (const source of [tree, ['x'], 1, null, undefined, { toString: () => '{{a}}' }]) {
      expect(codeOf(source)).toBe('template_not_allowed');
    }
  });

  it.each([
    '<p class={{a}}>x</p>',
    '<p {{a}}>x</p>',
    '<{{a}}>x</p>',
    '<p {{#if a}}class="b"{{/if}}>x</p>',
    '<style>{{a}}</style>',
    '<style>{{#if a}}p{}{{/if}}</style>',
    '{{#if a}}<style>{{/if}}{{b}}</style>',
    '<!-- {{a}} -->',
    "<p title='{{a}}'>x</p>",
    '<p title="{{a}}>x</p>',
  ])('puts values into text and quoted attributes only: %s', (source) => {
    expect(codeOf(source)).toBe('template_unsafe_markup');
  });

  it('names the place of the fault', () => {
    try {
      compileTemplate('<p>fine</p>\n<p>{{log a}}</p>', 'html');
    } catch (error) {
      expect(error).toMatchObject({ position: { line: 2, column: 3 }, message: expect.stringContaining('line 2') });
    }
    expect.assertions(1);
  });
});

describe('how large a template may be', () => {
  it.each<[string, string, string]>([
    ['64 KB', 'x'.repeat(65_536), 'compiled'],
    ['one byte more', 'x'.repeat(65_537), 'template_too_large'],
    ['64 KB by characters but not by bytes', 'ü'.repeat(40_000), 'template_too_large'],
    ['500 mustaches', '{{a}}'.repeat(500), 'compiled'],
    ['501 mustaches', '{{a}}'.repeat(501), 'template_too_large'],
    ['501 blocks', '{{#if a}}{{/if}}'.repeat(501), 'template_too_large'],
    ['13,000 mustaches', '{{a}}'.repeat(13_000), 'template_too_large'],
    ['depth 10', '{{#if a}}'.repeat(10) + '{{/if}}'.repeat(10), 'compiled'],
    ['depth 11', '{{#if a}}'.repeat(11) + '{{/if}}'.repeat(11), 'template_not_allowed'],
    ['depth 480', '{{#if a}}'.repeat(480) + '{{/if}}'.repeat(480), 'template_not_allowed'],
    ['depth 5,000', '{{#if a}}'.repeat(5_000) + '{{/if}}'.repeat(5_000), 'template_too_large'],
    ['a chain of 20 else ifs', `{{#if a}}${'{{else if a}}'.repeat(20)}{{/if}}`, 'template_not_allowed'],
    ['two loops in each other', '{{#each a}}{{#each b}}{{/each}}{{/each}}', 'compiled'],
    [
      'three loops in each other',
      '{{#each a}}{{#each b}}{{#each c}}{{/each}}{{/each}}{{/each}}',
      'template_not_allowed',
    ],
  ])('%s: %#', (_what, source, code) => {
    const begun = performance.now();

    expect(codeOf(source)).toBe(code);
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('an endless loop has an end', () => {
    const many = Array.from({ length: 1_000 }, () => ({ b: Array.from({ length: 1_000 }, () => 'x') }));
    const source = `{{#each a}}{{#each b}}${'{{this}}'.repeat(100)}{{/each}}{{/each}}`;

    expect(() => render(source, { a: many })).toThrow(expect.objectContaining({ code: 'template_output_too_large' }));
  });

  it('output is bounded too', () => {
    const source = `{{#each a}}${'y'.repeat(4_000)}{{/each}}`;

    expect(() => render(source, { a: Array(100).fill('x') })).toThrow(
      expect.objectContaining({ code: 'template_output_too_large' }),
    );
  });

  it('a huge list or text is cut, not refused: data comes from leads', () => {
    expect(render('{{#each a}}x{{/each}}', { a: Array(5_000).fill(1) }).text).toHaveLength(100);
    expect(render('{{a}}', { a: 'y'.repeat(1_000_000) }).text).toHaveLength(2_000);
    expect(render('{{#each a}}x{{/each}}-', { a: { length: 1e9 } }).text).toBe('x-');
  });
});

describe('the data a template is given', () => {
  it.each([
    ['{{constructor}}{{7*7}}', '{{constructor}}{{7*7}}'],
    ['${7*7} <%= 7 %> #{7} {% 7 %}', '${7*7} &lt;%&#x3D; 7 %&gt; #{7} {% 7 %}'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['" onmouseover="x', '&quot; onmouseover&#x3D;&quot;x'],
    ["'`=", '&#x27;&#x60;&#x3D;'],
    ['a\r\nb\tc\u0000\u202ed\ud800e', 'a, b cde'],
  ])('is text and nothing more: %j', (value, text) => {
    expect(render('{{a}}', { a: value }).text).toBe(text);
  });

  it('stays as it is in plain text', () => {
    expect(render('{{a}}', { a: `O'Neil & <Sons>` }, 'text').text).toBe(`O'Neil & <Sons>`);
  });

  it.each<[unknown]>([
    [{ toString: 1 }],
    [{ toHTML: 1 }],
    [{ toJSON: 1 }],
    [{ valueOf: 'x' }],
    [{ then: 1 }],
    [{}],
    [[]],
    [[{ a: 1 }]],
    [null],
    [''],
    ['  '],
    ['undefined'],
    ['null'],
    ['NaN'],
    ['[object Object]'],
    ['\u0000\u200e'],
  ])('counts as not known where it says nothing: %j', (value) => {
    expect(render('Hi {{a}}{{#if a}}{{default a "there"}}{{else}}there{{/if}}', { a: value }).missing).toEqual(['a']);
    expect(render('Hi {{default a "there"}}', { a: value })).toEqual({ text: 'Hi there', missing: [] });
  });

  it('shows zero and false, which are known', () => {
    expect(render('{{a}} {{b}} {{default a "x"}}', { a: 0, b: false })).toEqual({ text: '0 false 0', missing: [] });
  });

  it('cannot reach what is not data, nor change anything outside', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).length;
    const hostile = JSON.parse(
      '{"a":{"__proto__":{"polluted":"yes"},"constructor":{"name":"x"}},"__proto__":{"b":"B"}}',
    );
    const { text, missing } = compileTemplate('{{a.polluted}}{{b}}{{a.length}}', 'text').render(hostile);

    expect(text).toBe('');
    expect(missing).toEqual(['a.polluted', 'b', 'a.length']);
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
    expect('polluted' in {}).toBe(false);
  });

  it('never makes rendering fail or leave the page, whatever a lead is called', () => {
    const template = compileTemplate('<p title="{{default a "x"}}">{{default a "x"}}</p>', 'html');
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }), (value) => {
        const { text } = Reflect.apply(template.render, undefined, [{ a: value }]);
        expect(text).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/);
      }),
      { seed: 7 },
    );
  });
});

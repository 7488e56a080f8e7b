import { checkMarkup } from '../render/markup.check';
import { rewriteLinks } from './tracked.links';

const unsubscribe = 'https://t.acme.example/u/1.abc.def_';

function rewritten(html: string, text = '', openPixelUrl?: string) {
  const asked: string[] = [];
  const resolve = (url: string) => {
    asked.push(url);
    return url.includes('untracked') ? null : `https://t.acme.example/c/${asked.length}?a=1&b=2`;
  };
  return { ...rewriteLinks({ html, text }, { resolve, untouched: [unsubscribe], openPixelUrl }), asked };
}

describe('the links of a mail', () => {
  it('are replaced in both parts, one tracked link per address', () => {
    const { html, text, asked } = rewritten(
      '<p><a href="https://acme.example/a?x=1&amp;y=2">a</a> <a class="b" href="http://acme.example/b">b</a></p>',
      'See https://acme.example/a?x=1&y=2, or (http://acme.example/b).',
    );

    expect(asked).toEqual(['https://acme.example/a?x=1&y=2', 'http://acme.example/b']);
    expect(html).toBe(
      '<p><a href="https://t.acme.example/c/1?a=1&#38;b=2">a</a> ' +
        '<a class="b" href="https://t.acme.example/c/2?a=1&#38;b=2">b</a></p>',
    );
    expect(text).toBe('See https://t.acme.example/c/1?a=1&b=2, or (https://t.acme.example/c/2?a=1&b=2).');
  });

  it('stay as they are where they unsubscribe, write a mail, or are not to be tracked', () => {
    const html =
      `<a href="${unsubscribe}">stop</a><a href="mailto:ann@acme.example">write</a>` +
      '<a href="https://acme.example/untracked">x</a><img src="https://acme.example/logo.png">';
    const text = `Stop: ${unsubscribe}\nhttps://acme.example/untracked`;

    expect(rewritten(html, text)).toMatchObject({ html, text });
  });

  it('leave room for the open pixel at the end of the body, and the mail stays clean', () => {
    const { html } = rewritten('<html><body><p>hello</p></body></html>', '', 'https://t.acme.example/e/1.a.b?c=1&d=2');

    expect(html).toMatch(/<p>hello<\/p><img src="https:\/\/t\.acme\.example\/e\/1\.a\.b\?c=1&#38;d=2"[^>]*><\/body>/);
    expect(() => checkMarkup(html)).not.toThrow();
    expect(rewritten('<p>no body</p>', '', 'https://t.acme.example/e/1').html).toMatch(/^<p>no body<\/p><img /);
  });

  it('T11: have one among them that people do not see, in the HTML alone', () => {
    const mail = { html: '<html><body><p>hello</p></body></html>', text: 'hello' };
    const hiddenLinkUrl = 'https://t.acme.example/c/1.a.b?c=1&d=2';
    const { html, text } = rewriteLinks(mail, { resolve: (url) => url, untouched: [], hiddenLinkUrl });

    expect(html).toBe(
      '<html><body><p>hello</p><a href="https://t.acme.example/c/1.a.b?c=1&#38;d=2" aria-hidden="true" ' +
        'tabindex="-1" style="display:none"></a></body></html>',
    );
    expect(text).toBe('hello');
    expect(() => checkMarkup(html)).not.toThrow();
    expect(rewriteLinks(mail, { resolve: (url) => url, untouched: [] })).toEqual(mail);
  });
});

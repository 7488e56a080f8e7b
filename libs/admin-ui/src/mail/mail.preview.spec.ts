import { previewOf } from './mail.preview';

describe('the preview of a mail', () => {
  it('allows no request before any of the message is read, so that looking is not opening', () => {
    const page = new DOMParser().parseFromString(
      previewOf('<!doctype html><html><head><style>p{color:red}</style></head><body><p>Hello</p></body></html>'),
      'text/html',
    );
    const first = page.head.firstElementChild;
    expect(first?.getAttribute('http-equiv')).toBe('Content-Security-Policy');
    expect(first?.getAttribute('content')).toContain("default-src 'none'");
    expect(page.querySelector('p')?.textContent).toBe('Hello');
    expect(page.compatMode).toBe('CSS1Compat');
  });

  it('leaves nothing in the message that a browser fetches by itself', () => {
    const html = `<html><head><link rel="stylesheet" href="/e/1"><meta http-equiv="refresh" content="0;url=/e/2"></head>
      <body background="/e/3"><p>Hello <a href="/c/4">there</a></p><img src="/e/5" srcset="/e/6 2x" alt="Logo">
      <img src="data:image/png;base64,AAAA"><video poster="/e/7"></video><object data="/e/8"></object>
      <iframe src="/e/9"></iframe><script src="/e/10"></script></body></html>`;
    const preview = previewOf(html);
    expect(preview).not.toContain('/e/');
    expect(preview).toContain('href="/c/4"');
    expect(preview).toContain('alt="Logo"');
    expect(preview).toContain('data:image/png;base64,AAAA');
  });
});

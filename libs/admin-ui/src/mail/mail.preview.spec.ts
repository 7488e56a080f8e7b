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
});

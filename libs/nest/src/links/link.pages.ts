const style =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;background:#f3f5f8;color:#1d2633}' +
  'main{max-width:28rem;margin:1rem;padding:2rem;background:#fff;border:1px solid #e1e6ee;border-radius:12px}' +
  'h1{font-size:1.35rem;margin:0 0 .75rem}p{margin:0 0 1.25rem}' +
  'button{font:inherit;font-weight:600;padding:.7rem 1.4rem;border:0;border-radius:8px;background:#1f5fbf;color:#fff;cursor:pointer}' +
  '@media(prefers-color-scheme:dark){body{background:#15181d;color:#e8ebf0}main{background:#1f242c;border-color:#333a45}}';

function page(title: string, content: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">' +
    `<style>${style}</style></head><body><main><h1>${title}</h1>${content}</main></body></html>`
  );
}

/** Shown for links nobody knows; says nothing about what exists. */
export const unknownLinkPage = page(
  'This link does not work',
  '<p>It may be incomplete. Please copy the whole link.</p>',
);

/** Where the link leads that people do not see. */
export const neutralPage = page('There is nothing here', '<p>This link is not meant to be followed.</p>');

/** One button; opening the page changes nothing, for scanners open links. Posts to its own address. */
export const unsubscribePage = page(
  'Unsubscribe',
  '<p>You will get no more mail of this kind from us.</p><form method="post"><button type="submit">Unsubscribe</button></form>',
);

export const unsubscribedPage = page('You are unsubscribed', '<p>We will not write to this address again.</p>');

/** For pages of ours that strangers open: nothing loads, nothing frames them, no address leaks. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** A transparent GIF of one pixel. */
export const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Nothing is loaded and nothing runs: looking at a message must not count as opening it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** What a browser would fetch by itself, or leave the preview for. */
const FETCHED = ['src', 'srcset', 'poster', 'background', 'data'] as const;
const FETCHING = 'link, base, meta[http-equiv], script, iframe, object, embed';

/** Removes from `mail` what would ask a server for anything, except pictures that the message carries itself. */
function silence(mail: Document): void {
  for (const element of mail.querySelectorAll(FETCHING)) element.remove();
  for (const name of FETCHED) {
    for (const element of mail.querySelectorAll(`[${name}]`)) {
      if (!element.getAttribute(name)?.startsWith('data:')) element.removeAttribute(name);
    }
  }
}

/**
 * The document for the preview's frame: the message’s HTML without its remote parts, under a policy that blocks all
 * requests. A policy alone is not enough: it does not hold back `<meta http-equiv="refresh">`, nor what a browser reads
 * ahead of it.
 */
export function previewOf(html: string): string {
  const mail = new DOMParser().parseFromString(html, 'text/html');
  silence(mail);
  return `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}">${mail.documentElement.outerHTML}`;
}

/** Nothing is loaded and nothing runs: looking at a message must not count as opening it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** The document for the preview's frame: the message’s HTML under a policy that blocks all requests. */
export const previewOf = (html: string): string =>
  `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}">${html}`;

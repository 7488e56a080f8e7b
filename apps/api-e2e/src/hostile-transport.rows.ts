import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { connect } from 'node:net';
import { type HostileWorld } from './hostile.oracle';
import { newMessageId, refused, request, story, taken, type HostileRow } from './hostile.rows';
import { basic } from './world';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : Buffer.from(part))));

/** A batch of one item whose property holds these bytes. */
const holding = (...inner: number[]): Uint8Array =>
  bytes('{"batch":[{"type":"track","event":"x","userId":"u","properties":{"p":"', inner, '"}}]}');
const batchOf = (more = ''): string =>
  `{"batch":[{"type":"track","event":"Email Opened","userId":"wire","messageId":"${newMessageId()}"${more}}]}`;
const name31 = 'x'.repeat(31_900);

/** A request written out byte by byte. */
const wire = (world: HostileWorld, headers: readonly string[], body: string): string =>
  [
    'POST /v1/batch HTTP/1.1',
    'host: 127.0.0.1',
    `authorization: ${basic(world.server.writeKey)}`,
    ...headers,
    '',
    body,
  ].join('\r\n');

const refusedOnTheWire = (no: number, name: string, of: (world: HostileWorld) => string): HostileRow =>
  story(no, name, async (world) => {
    const { text, isClosed } = await world.raw([of(world)]);
    expect([/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1], isClosed]).toEqual(['400', true]);
  });

async function abort(world: HostileWorld, body: string): Promise<void> {
  const { hostname, port } = new URL(world.server.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(wire(world, [`content-length: ${body.length}`], body.slice(0, body.length / 2)), () =>
        socket.resetAndDestroy(),
      );
    });
    socket.on('close', () => resolve());
    socket.on('error', () => undefined);
  });
}

/** Category A: transport and encoding. */
export const transportRows: readonly HostileRow[] = [
  request(1, 'a byte order mark of UTF-16', { body: bytes([0xff, 0xfe]) }, [400, 'invalid_utf8']),
  request(1, 'a broken sequence', { body: holding(0xc3, 0x28) }, [400, 'invalid_utf8']),
  request(1, 'a sequence cut short', { body: holding(0xe2, 0x82) }, [400, 'invalid_utf8']),
  request(2, 'an overlong slash in two bytes', { body: holding(0xc0, 0xaf) }, [400, 'invalid_utf8']),
  request(2, 'an overlong slash in three bytes', { body: holding(0xe0, 0x80, 0xaf) }, [400, 'invalid_utf8']),
  request(3, 'a surrogate in CESU-8', { body: holding(0xed, 0xa0, 0x80) }, [400, 'invalid_utf8']),
  ...['utf-16le', 'latin1', 'iso-8859-1', 'shift_jis'].map((charset) =>
    request(
      3,
      `the charset ${charset}`,
      { body: batchOf(), headers: { 'content-type': `application/json; charset=${charset}` } },
      [415, 'unsupported_charset'],
    ),
  ),
  request(4, 'a byte order mark of UTF-8', { body: bytes([0xef, 0xbb, 0xbf], batchOf()) }, [200]),
  refused(5, 'NUL in a name', '"event":"a\\u0000b"', 'invalid_character'),
  refused(5, 'NUL in a property', '"properties":{"p":"a\\u0000b"}', 'invalid_character'),
  taken(5, 'BEL and NEL', { properties: { p: '\u0007\u0085' } }, { stored: { properties: { p: '\u0007\u0085' } } }),
  refused(6, 'a high surrogate alone', '"properties":{"p":"\\ud800"}', 'invalid_character'),
  refused(6, 'a low surrogate alone', '"properties":{"\\udc00x":1}', 'invalid_character'),
  ...['\ufffe', '\u{e0041}', '\ue000', '\u{10ffff}'].map((text) =>
    taken(7, `U+${text.codePointAt(0)?.toString(16)}`, { properties: { text } }, { stored: { properties: { text } } }),
  ),
  ...['\u202eevil', 'a\u200bb', '\u2066x\u2069'].map((text) =>
    taken(
      8,
      `U+${text.codePointAt(0)?.toString(16)} in a name`,
      { event: `${text}.` },
      { stored: { name: `${text}.` } },
    ),
  ),
  taken(12, '1,000 combining marks', { properties: { p: `a${'\u0301'.repeat(1_000)}` } }),
  taken(13, 'a text of 31.9 KB', { properties: { p: name31 } }, { stored: { properties: { p: name31 } } }),
  refused(13, 'a text of 32.1 KB', { properties: { p: 'x'.repeat(32_870) } }, 'string_too_long'),
  refused(13, 'a text of 1 MB', { properties: { p: 'x'.repeat(1_048_576) } }, 'string_too_long'),
  request(13, 'a body of 3 MB', { body: batchOf(`,"p":"${'x'.repeat(3_000_000)}"`) }, [413, 'payload_too_large']),
  ...['text/plain', 'application/x-www-form-urlencoded', 'image/png', 'multipart/form-data'].map((type) =>
    request(14, `JSON called ${type}`, { body: batchOf(), headers: { 'content-type': type } }, [200]),
  ),
  request(14, 'a form', { body: 'a=b&c=d', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, [
    400,
    'invalid_json',
  ]),
  request(
    14,
    'text for the management API',
    { path: '/api/session', body: '{}', headers: { 'content-type': 'text/plain' } },
    [415, 'unsupported_media_type'],
  ),
  ...(
    [
      ['20 MB of spaces in gzip', gzipSync(Buffer.alloc(20_000_000, 0x20)), 'gzip', [413, 'payload_too_large']],
      ['20 MB of spaces in br', brotliCompressSync(Buffer.alloc(20_000_000, 0x20)), 'br', [413, 'payload_too_large']],
      ['gzip that is none', Buffer.from('xx'), 'gzip', [400, 'invalid_encoding']],
      ['gzip cut short', gzipSync(batchOf()).subarray(0, 40), 'gzip', [400, 'invalid_encoding']],
      ['gzip twice', gzipSync(gzipSync(batchOf())), 'gzip', [415, 'unsupported_encoding']],
      ['an unknown encoding', Buffer.from('xx'), 'zstd', [415, 'unsupported_encoding']],
      ['br', brotliCompressSync(batchOf()), 'br', [200]],
      ['deflate', deflateSync(batchOf()), 'deflate', [200]],
      ['gzip nobody announced', gzipSync(batchOf()), '', [200]],
    ] as [string, Buffer, string, [number, string?]][]
  ).map(([name, body, encoding, answer]) =>
    request(15, name, { body, headers: encoding ? { 'content-encoding': encoding } : {} }, answer),
  ),
  refusedOnTheWire(16, 'both a length and chunks', (world) =>
    wire(world, ['content-length: 5', 'transfer-encoding: chunked'], '0\r\n\r\n'),
  ),
  refusedOnTheWire(16, 'two lengths', (world) => wire(world, ['content-length: 2', 'content-length: 3'], '{}')),
  refusedOnTheWire(16, 'a header line folded', (world) => wire(world, ['x-a: 1', ' 2', 'content-length: 2'], '{}')),
  refusedOnTheWire(16, 'a header without a colon', (world) => wire(world, ['x-a 1', 'content-length: 2'], '{}')),
  refusedOnTheWire(16, 'a chunk size that is none', (world) =>
    wire(world, ['transfer-encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'),
  ),
  ...(
    [
      ['a header of 20 KB', [`x-a: ${'x'.repeat(20_000)}`]],
      ['3,000 headers', Array.from({ length: 3_000 }, (_, index) => `x-${index}: ${index}`)],
    ] as [string, string[]][]
  ).map(([name, headers]) =>
    story(17, name, async (world) => {
      const { text } = await world.raw([wire(world, [...headers, 'content-length: 2'], '{}')]);
      expect(text).toMatch(/^HTTP\/1\.1 431 /);
    }),
  ),
  story(19, 'two requests in one packet are answered in their order', async (world) => {
    const [one, two] = [batchOf(), '['];
    const both =
      wire(world, [`content-length: ${one.length}`], one) +
      wire(world, ['content-length: 1', 'connection: close'], two);
    const { text } = await world.raw([both]);
    expect([...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)).toEqual(['200', '400']);
  }),
  story(19, 'who asks whether to continue is told to', async (world) => {
    const body = batchOf();
    const headers = ['expect: 100-continue', `content-length: ${body.length}`, 'connection: close'];
    const { text } = await world.raw([wire(world, headers, body)]);
    expect([...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status)).toEqual(['100', '200']);
  }),
  story(19, 'HTTP/0.9 is answered once and the line closed', async (world) => {
    const { text, isClosed } = await world.raw(['GET /healthz\r\n\r\n']);
    expect([[...text.matchAll(/HTTP\/1\.1 (200|400)/g)].length, isClosed]).toEqual([1, true]);
  }),
  refusedOnTheWire(19, 'the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  story(20, '300 bodies that are cut off in the middle leave nothing behind', async (world) => {
    const ids = Array.from({ length: 300 }, newMessageId);
    const bodyOf = (messageId: string) =>
      JSON.stringify({
        batch: [{ type: 'track', event: 'Email Opened', userId: 'cut', messageId }],
        pad: 'x'.repeat(2_000),
      });
    for (let from = 0; from < ids.length; from += 50) {
      await Promise.all(ids.slice(from, from + 50).map((messageId) => abort(world, bodyOf(messageId))));
    }
    const lead = await fetch(`${world.server.url}/api/leads/by-external-id/cut`, {
      headers: { authorization: `Bearer ${world.server.apiKey}` },
    });
    expect(lead.status).toBe(404);
  }),
];

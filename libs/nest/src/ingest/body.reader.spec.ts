import { Readable } from 'node:stream';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { readBody } from './body.reader';

const text = JSON.stringify({ type: 'track', event: 'Zürich 😀' });
const value = JSON.parse(text) as unknown;
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

function read(body: Uint8Array | string, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  return readBody({ headers, body: typeof body === 'string' ? Buffer.from(body) : body });
}

describe('the body of a tracking call', () => {
  it.each<[string, Uint8Array, Record<string, string>]>([
    ['plain JSON', Buffer.from(text), { 'content-type': 'application/json' }],
    ['JSON labelled as text', Buffer.from(text), { 'content-type': 'text/plain' }],
    ['JSON labelled as a form', Buffer.from(text), { 'content-type': 'application/x-www-form-urlencoded' }],
    ['JSON without a label', Buffer.from(` \n${text}`), {}],
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]), {}],
    ['gzip', gzipSync(text), { 'content-encoding': 'gzip' }],
    ['gzip nobody announced', gzipSync(text), { 'content-type': 'application/x-www-form-urlencoded' }],
    ['deflate with a header', deflateSync(text), { 'content-encoding': 'deflate' }],
    ['deflate without a header', deflateRawSync(text), { 'content-encoding': 'deflate' }],
    ['brotli', brotliCompressSync(text), { 'content-encoding': 'br' }],
    ['a compression that was announced and not done', Buffer.from(text), { 'content-encoding': 'gzip' }],
  ])('is read by what it is: %s', async (_, body, headers) => {
    expect(await read(body, headers)).toEqual(value);
  });

  it.each<[string, Uint8Array | string, Record<string, string>, [string, number]]>([
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0xfe]), {}, ['invalid_utf8', 400]],
    ['a truncated character', Buffer.from([0x7b, 0x22, 0xe2, 0x82]), {}, ['invalid_utf8', 400]],
    ['overlong UTF-8', Buffer.from([0x7b, 0xc0, 0xaf]), {}, ['invalid_utf8', 400]],
    [
      'another character set',
      text,
      { 'content-type': 'application/json; charset=utf-16le' },
      ['unsupported_charset', 415],
    ],
    ['broken JSON', '{', {}, ['invalid_json', 400]],
    ['a trailing comma', '{"a":1,}', {}, ['invalid_json', 400]],
    ['a list', '[]', {}, ['invalid_json', 400]],
    ['a text', '"x"', {}, ['invalid_json', 400]],
    ['null', 'null', {}, ['invalid_json', 400]],
    ['nothing', '', {}, ['invalid_json', 400]],
    ['depth 21', nested(21), {}, ['too_deep', 400]],
    ['depth 80,000', nested(80_000), {}, ['too_deep', 400]],
    ['a million open brackets', '['.repeat(1_000_000), {}, ['too_deep', 400]],
    ['bad gzip', Buffer.from([0x1f, 0x8b, 1, 2, 3]), {}, ['invalid_encoding', 400]],
    ['gzip twice', gzipSync(gzipSync(text)), { 'content-encoding': 'gzip' }, ['unsupported_encoding', 415]],
    ['an unknown compression', Buffer.from([1, 2, 3]), { 'content-encoding': 'zstd' }, ['unsupported_encoding', 415]],
    ['a gzip bomb', gzipSync(Buffer.alloc(20_000_000, 32)), {}, ['payload_too_large', 413]],
    ['3 MB', `{"a":"${'x'.repeat(3_000_000)}"}`, {}, ['payload_too_large', 413]],
    ['a length that is too much already', text, { 'content-length': '3000000' }, ['payload_too_large', 413]],
  ])('refuses %s', async (_, body, headers, [code, status]) => {
    await expect(read(body, headers)).rejects.toMatchObject({ code, status });
  });

  it('reads depth 20, and brackets and escaped quotes inside texts, for what they are', async () => {
    await expect(read(nested(20))).resolves.toBeDefined();
    const tricky = { a: '[{"\\"{{[[', b: '\\', c: '"'.repeat(100) + '['.repeat(100) };
    expect(await read(JSON.stringify(tricky))).toEqual(tricky);
  });

  it('reads a stream under Fastify and under Express', async () => {
    expect(await readBody({ headers: {}, raw: Readable.from([Buffer.from(text)]) })).toEqual(value);
    expect(await readBody(Object.assign(Readable.from([Buffer.from(text)]), { headers: {} }))).toEqual(value);
  });

  it('stops reading a stream that grows too long', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(65_536, 32);
      })(),
    );
    await expect(readBody({ headers: {}, raw: endless })).rejects.toMatchObject({ code: 'payload_too_large' });
    endless.destroy();
  });

  it('takes what a host has parsed already', async () => {
    const stream = Object.assign(new Readable({ read: () => undefined }), { headers: {}, body: value });
    stream.push(null);
    stream.resume();
    await new Promise((resolve) => stream.once('end', resolve));
    expect(await readBody(stream)).toEqual(value);
  });

  it('gives a key __proto__ to whoever reads it as a plain key', async () => {
    const body = await read('{"__proto__":{"admin":true},"batch":[]}');
    expect(Object.keys(body)).toEqual(['__proto__', 'batch']);
    expect('admin' in body).toBe(false);
  });
});

import { parseStrictJson, refuseHostileKeys } from './json.body';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'accepted';
};
const parsed = (text: string | Uint8Array) => codeOf(() => refuseHostileKeys(parseStrictJson(Buffer.from(text))));

describe('the body of a management call', () => {
  it.each([
    ['{', 'invalid_json'],
    ['{"a":1,}', 'invalid_json'],
    ["{'a':1}", 'invalid_json'],
    ['{"a":NaN}', 'invalid_json'],
    ['', 'invalid_json'],
    ['[]', 'invalid_json'],
    ['null', 'invalid_json'],
    ['"x"', 'invalid_json'],
    ['{"__proto__":{"x":1}}', 'forbidden_key'],
    ['{"a":{"constructor":{"prototype":1}}}', 'forbidden_key'],
    ['{"a":[{"__proto__":null}]}', 'forbidden_key'],
    [`{"a":${'['.repeat(80_000)}`, 'too_deep'],
    ['{"a":{"b":[1,"}]"]}}', 'accepted'],
  ])('%.40s is %s', (text, code) => {
    expect(parsed(text)).toBe(code);
  });

  it('must be UTF-8', () => {
    expect(parsed(Uint8Array.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]))).toBe('invalid_utf8');
  });
});

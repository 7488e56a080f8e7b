import { basicUserOf, bearerOf, cookieOf, refuseForgedCall, type IncomingRequest } from './request.reader';

const aRequest = (headers: IncomingRequest['headers'], method = 'POST'): IncomingRequest => ({ method, headers });
const basic = (text: string) => aRequest({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe('credentials in a request', () => {
  it('takes the write key from the user name of Basic auth, with or without a password', () => {
    expect(basicUserOf(basic('key_1:'))).toBe('key_1');
    expect(basicUserOf(basic('key_1:secret:more'))).toBe('key_1');
    expect(basicUserOf(basic('key_1'))).toBe('key_1');
  });

  it('finds no key where there is none', () => {
    expect(basicUserOf(aRequest({}))).toBeNull();
    expect(basicUserOf(aRequest({ authorization: 'Bearer x' }))).toBeNull();
    expect(bearerOf(aRequest({ authorization: 'Bearer ' }))).toBeNull();
    expect(bearerOf(aRequest({ authorization: `Bearer ${'x'.repeat(5_000)}` }))).toBeNull();
  });

  it('reads a cookie, and none when it is given twice', () => {
    expect(cookieOf(aRequest({ cookie: 'a=1; rekindle=token; b=2' }), 'rekindle')).toBe('token');
    expect(cookieOf(aRequest({ cookie: 'rekindle=one; rekindle=two' }), 'rekindle')).toBeNull();
    expect(cookieOf(aRequest({ cookie: 'xrekindle=one' }), 'rekindle')).toBeNull();
  });

  it('lets only our own page change something with a session', () => {
    expect(() => refuseForgedCall(aRequest({}))).toThrow(expect.objectContaining({ code: 'header_required' }));
    expect(() => refuseForgedCall(aRequest({ 'x-rekindle': '1', 'sec-fetch-site': 'cross-site' }))).toThrow(
      expect.objectContaining({ code: 'cross_site' }),
    );
    expect(() => refuseForgedCall(aRequest({ 'x-rekindle': '1', 'sec-fetch-site': 'same-origin' }))).not.toThrow();
    expect(() => refuseForgedCall(aRequest({}, 'GET'))).not.toThrow();
  });
});

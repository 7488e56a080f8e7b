import { parseSmtpUrl } from './smtp.url';

describe('the address of an SMTP server', () => {
  it('names host, port and log-in, percent-decoded', () => {
    expect(parseSmtpUrl('smtp://ann%40acme.example:p%3Ass@mail.acme.example:2525')).toEqual({
      host: 'mail.acme.example',
      port: 2525,
      isSecure: false,
      startTls: 'required',
      user: 'ann@acme.example',
      password: 'p:ss',
    });
  });

  it('has the usual ports', () => {
    expect(parseSmtpUrl('smtp://mail.acme.example')).toMatchObject({ port: 587, startTls: 'optional' });
    expect(parseSmtpUrl('smtps://mail.acme.example/')).toMatchObject({ port: 465, isSecure: true });
  });

  it('asks for TLS as soon as a password goes over a network, unless told otherwise', () => {
    expect(parseSmtpUrl('smtp://a:b@mail.acme.example').startTls).toBe('required');
    expect(parseSmtpUrl('smtp://a:b@127.0.0.1:1025').startTls).toBe('optional');
    expect(parseSmtpUrl('smtp://a:b@[::1]:1025')).toMatchObject({ startTls: 'optional', host: '::1' });
    expect(parseSmtpUrl('smtp://a:b@mail.acme.example?starttls=off').startTls).toBe('off');
  });

  it.each([
    'mail.acme.example:25',
    'http://mail.acme.example',
    'smtp://',
    'smtp://mail.acme.example/path',
    'smtp://mail.acme.example?starttls=maybe',
    'smtp://mail.acme.example?pool=true',
    'smtp://s3cret%E0%A4%A@mail.acme.example',
  ])('is refused, without repeating what may be a password: %s', (text) => {
    expect(() => parseSmtpUrl(text)).toThrow(expect.objectContaining({ code: 'smtp_url_invalid' }));
    expect(() => parseSmtpUrl(text)).toThrow(expect.not.objectContaining({ message: expect.stringMatching('s3cret') }));
  });
});

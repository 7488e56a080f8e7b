import * as mail from './index';

describe('the public face of the library', () => {
  it('is exactly this', () => {
    expect(Object.keys(mail).sort()).toEqual([
      'CaughtMailSender',
      'MailError',
      'MailSender',
      'SmtpMailSender',
      'TemplateRenderer',
      'alertHeaders',
      'composeMessage',
      'mailSenderFor',
      'newMessageId',
      'parseAddress',
      'parseSmtpUrl',
      'promotionalHeaders',
      'rewriteLinks',
      'shippedLayouts',
      'shippedTemplates',
      'signToken',
      'tokenKeyOf',
      'verifyToken',
    ]);
  });
});

import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { SmtpCatcher } from '@rekindle/testing';
import { mailSenderFor } from '../send/sender.choice';
import { alertHeaders, promotionalHeaders } from './header.values';
import { composeMessage, type MailDraft, newMessageId } from './message.composer';

const draft: MailDraft = {
  from: { address: 'mara@northwind.example', name: 'Mara Lindqvist' },
  to: { address: 'jane@acme.example', name: 'Jane Doe' },
  subject: 'Still on your list?',
  html: '<p>Grüße</p>',
  text: 'Grüße\n',
  date: Date.UTC(2026, 5, 1, 12),
};

const promotional = promotionalHeaders({
  unsubscribeUrl: `https://t.northwind.example/u/1.${'x'.repeat(300)}.sig`,
  listId: 're-engagement.northwind.example',
  feedbackId: 're-engagement:ws1:sequence:rekindle',
});

const plainHeaders = ['from', 'to', 'subject', 'message-id', 'content-type', 'date', 'mime-version'];

describe('a composed mail, as it arrives', () => {
  let catcher: SmtpCatcher;

  beforeAll(async () => {
    catcher = await SmtpCatcher.start();
  });

  afterAll(() => catcher.stop());

  async function arrived(changes: Partial<MailDraft> = {}) {
    const composed = await composeMessage({ ...draft, ...changes });
    const before = catcher.messages.length;
    const outcome = await mailSenderFor(catcher.url).handOver(composed, () => Promise.resolve(true));
    expect(outcome.outcome).toBe('sent');
    expect(catcher.messages).toHaveLength(before + 1);
    return { composed, mail: catcher.messages[before] ?? fail('nothing arrived') };
  }

  function fail(message: string): never {
    throw new Error(message);
  }

  it('has both parts, the two parties, the given instant and its Message-ID', async () => {
    const { composed, mail } = await arrived();

    expect(mail).toMatchObject({
      from: 'mara@northwind.example',
      to: ['jane@acme.example'],
      subject: 'Still on your list?',
      envelope: { from: 'mara@northwind.example', to: ['jane@acme.example'] },
    });
    expect(mail.html.trim()).toBe('<p>Grüße</p>');
    expect(mail.text.trim()).toBe('Grüße');
    expect(mail.headers['from']).toBe('Mara Lindqvist <mara@northwind.example>');
    expect(mail.headers['date']).toBe('Mon, 01 Jun 2026 12:00:00 +0000');
    expect(mail.headers['message-id']).toBe(composed.messageIdHeader);
    expect(composed.messageIdHeader).toMatch(/^<[\w-]{36}@northwind\.example>$/);
    expect([...mail.headerNames].sort()).toEqual([...plainHeaders].sort());
  });

  it('keeps the Message-ID it is given, so that a mail composed again is the same mail', async () => {
    const messageId = newMessageId(draft.from.address);
    const { mail } = await arrived({ messageId });

    expect(mail.headers['message-id']).toBe(messageId);
  });

  it('L1, L16: carries one-click unsubscribe on one line, list id and feedback id when it is promotional', async () => {
    const { mail } = await arrived({ headers: promotional });

    expect(mail.headers['list-unsubscribe']).toBe(`<https://t.northwind.example/u/1.${'x'.repeat(300)}.sig>`);
    expect(mail.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
    expect(mail.headers['list-id']).toBe('<re-engagement.northwind.example>');
    expect(mail.headers['feedback-id']).toBe('re-engagement:ws1:sequence:rekindle');
    expect(mail.raw).toMatch(/^List-Unsubscribe: <https:\/\/t\.northwind\.example\/u\/1\.x{300}\.sig>\r$/m);
  });

  it('says that it is automatic when it is an alert', async () => {
    const { mail } = await arrived({ headers: alertHeaders() });

    expect(mail.headers['auto-submitted']).toBe('auto-generated');
  });

  it('L2: is signed over both list headers, with a signature that holds', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const dkim = { domainName: 'northwind.example', keySelector: 'rk1', privateKey: key };
    const { mail } = await arrived({ headers: promotional, dkim });

    const signature = mail.headers['dkim-signature'] ?? '';
    const signed = /\bh=([^;]+);/.exec(signature)?.[1]?.replace(/\s/g, '').split(':') ?? [];
    expect(signed).toEqual(expect.arrayContaining(['from', 'to', 'list-unsubscribe', 'list-unsubscribe-post']));

    const headerText = signed.map((name) => `${name}:${(mail.headers[name] ?? '').replace(/\s+/g, ' ').trim()}\r\n`);
    const rawSignature = /^DKIM-Signature: ?((?:.*\r\n[ \t]+)*.*)\r\n/m.exec(mail.raw)?.[1] ?? '';
    const unsigned = rawSignature
      .replace(/\r\n/g, '')
      .replace(/\s+/g, ' ')
      .replace(/\bb=.*$/, 'b=')
      .trim();
    const given = (/\bb=([^;]*)$/.exec(rawSignature)?.[1] ?? '').replace(/\s/g, '');
    const holds = verify(
      'sha256',
      Buffer.from(`${headerText.join('')}dkim-signature:${unsigned}`),
      createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }).toString()),
      Buffer.from(given, 'base64'),
    );
    expect(holds).toBe(true);
  });

  it.each([
    'Hello\r\nBcc: evil@x.test',
    'Hello\nX-Evil: yes\n\nbody',
    'Hello\rBcc: evil@x.test',
    'Hello\u2028Bcc: evil@x.test',
    'Hello\u0000\u0007\u001b[31m',
    'Hello\u202emoc.live',
    'a'.repeat(10_000),
    '=?utf-8?q?=0D=0ABcc:_evil@x.test?=',
    '\ud800 half',
    'ünïcödé '.repeat(60),
  ])('T9: a hostile subject or name adds no header and no recipient: %j', async (hostile) => {
    const to = { address: 'jane@acme.example', name: hostile };
    const from = { address: 'mara@northwind.example', name: hostile };
    const { mail } = await arrived({ subject: hostile, to, from, replyTo: from });

    expect(mail.envelope.to).toEqual(['jane@acme.example']);
    expect(mail.to).toEqual(['jane@acme.example']);
    expect([...mail.headerNames].sort()).toEqual([...plainHeaders, 'reply-to'].sort());
    expect(mail.subject.length).toBeLessThanOrEqual(255);
  });

  it.each(['boss@acme.example', 'Boss <boss@acme.example>', '=?utf-8?q?boss?=', 'boss＠acme'])(
    'shows no name that poses as an address: %s',
    async (name) => {
      const { mail } = await arrived({ from: { address: 'mara@northwind.example', name } });

      expect(mail.headers['from']).toBe('mara@northwind.example');
    },
  );

  it.each([
    'jane@acme.example\r\nBcc: evil@x.test',
    'jane@acme.example, evil@x.test',
    'jane@acme.example; evil@x.test',
    'team: jane@acme.example, evil@x.test;',
    'evil@x.test <jane@acme.example>',
    '"evil@x.test"@acme.example',
    'jane(evil@x.test)@acme.example',
    'jane@acme.example> ORCPT=evil@x.test',
    'jane@acme.example SIZE=1',
    'jane@acme.example%0d%0aBcc:evil@x.test',
    'jane@acme.example\u0000',
    '',
  ])('F14: is not composed at all for a recipient that is not one address: %j', async (address) => {
    const error = expect.objectContaining({ code: 'address_invalid' });

    await expect(composeMessage({ ...draft, to: { address } })).rejects.toEqual(error);
    await expect(composeMessage({ ...draft, from: { address } })).rejects.toEqual(error);
    await expect(composeMessage({ ...draft, replyTo: { address } })).rejects.toEqual(error);
  });

  it.each<Record<string, string>>([
    { Bcc: 'evil@x.test' },
    { 'X-Anything': 'yes' },
    { 'List-Id': 'a\r\nBcc: evil@x.test' },
    { 'Feedback-ID': 'ü' },
    { 'Feedback-ID': 'x'.repeat(1_000) },
    { 'List-Unsubscribe': 'mailto:stop@x.test' },
    { 'List-Unsubscribe': '<https://x.test/1>, <mailto:stop@x.test>' },
    { 'List-Unsubscribe': '<javascript:alert(1)>' },
  ])('takes no header but the known ones, with plain values: %j', async (headers) => {
    await expect(composeMessage({ ...draft, headers })).rejects.toMatchObject({ code: 'header_invalid' });
  });

  it.each(['no-brackets@x.test', '<a b@x.test>', '<a@x.test>\r\nBcc: evil@x.test', '<>'])(
    'takes no Message-ID of another form: %j',
    async (messageId) => {
      await expect(composeMessage({ ...draft, messageId })).rejects.toMatchObject({ code: 'header_invalid' });
    },
  );

  it('is not composed with a key that cannot sign', async () => {
    const dkim = { domainName: 'northwind.example', keySelector: 'rk1', privateKey: 'not a key' };

    await expect(composeMessage({ ...draft, dkim })).rejects.toMatchObject({ code: 'header_invalid' });
  });

  it('reads no file and fetches nothing, whatever the content says', async () => {
    const { mail } = await arrived({ html: '<img src="file:///etc/hostname">', text: 'file:///etc/hostname' });

    expect(mail.html).toContain('file:///etc/hostname');
  });
});

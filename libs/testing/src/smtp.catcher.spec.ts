import { createTransport } from 'nodemailer';
import { SmtpCatcher } from './index';

describe('the SMTP catcher', () => {
  let catcher: SmtpCatcher;

  beforeEach(async () => {
    catcher = await SmtpCatcher.start();
  });

  afterEach(() => catcher.stop());

  const send = (subject: string) =>
    createTransport(catcher.url).sendMail({
      from: 'Ann <ann@acme.example>',
      to: 'bob@acme.example',
      subject,
      text: 'plain',
      html: '<p>rich</p>',
      headers: { 'X-Long': 'word '.repeat(40).trim() },
    });

  it('keeps a mail with its parts, headers and envelope', async () => {
    await send('Grüße');

    expect(catcher.messages).toHaveLength(1);
    expect(catcher.messages[0]).toMatchObject({
      from: 'ann@acme.example',
      to: ['bob@acme.example'],
      subject: 'Grüße',
      html: '<p>rich</p>\n',
      text: 'plain\n',
      envelope: { from: 'ann@acme.example', to: ['bob@acme.example'] },
    });
    expect(catcher.messages[0]?.headers['x-long']).toBe('word '.repeat(40).trim());
  });

  it('waits for a mail yet to come, and finds one that came already', async () => {
    const waiting = catcher.waitFor(({ subject }) => subject === 'two');
    await send('one');
    await send('two');

    await expect(waiting).resolves.toMatchObject({ subject: 'two' });
    await expect(catcher.waitFor(({ subject }) => subject === 'one')).resolves.toMatchObject({ subject: 'one' });
  });

  it('says what came instead when the mail does not come', async () => {
    await send('one');

    await expect(catcher.waitFor(() => false, 10)).rejects.toThrow('bob@acme.example: one');
  });
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { AlertMailContext, PromotionalMailContext } from './shipped.context';
import { TemplateRenderer } from './template.renderer';

const renderer = new TemplateRenderer();

const promotional: PromotionalMailContext = {
  lead: { firstName: 'Jane', name: 'Jane Doe', email: 'jane@acme.example', title: 'Head of Operations' },
  account: { name: 'Acme Logistics' },
  sender: {
    name: 'Mara Lindqvist',
    title: 'Account executive',
    company: 'Northwind Analytics',
    postalAddress: 'Harbour Street 12\n20457 Hamburg',
  },
  links: { cta: 'https://northwind.example/new?a=1&b=2', unsubscribe: 'https://t.northwind.example/u/1.abc.def' },
};
const alert: AlertMailContext = {
  lead: promotional.lead,
  account: promotional.account,
  owner: { name: 'Sam' },
  alert: {
    title: 'Engagement high',
    sentence: 'Engagement rose to 72, past 60.',
    score: 72,
    band: 'high',
    causes: [
      { label: 'Pricing page', count: 3, points: '16.2' },
      { label: 'Case study', count: 1, points: '4.0' },
    ],
    nextStep: 'Call within a day.',
    at: '3 June 2026, 14:05 UTC',
  },
  links: { lead: 'https://crm.example/leads/1' },
};
const bareLeads = [
  {},
  { firstName: '', name: '', email: '', title: '' },
  { firstName: null, name: null, email: null, title: null },
  { firstName: '  ', name: 'undefined', email: 'null', title: '[object Object]' },
];
const promotionalKeys = ['re-engagement-1', 're-engagement-2'];
const alertKeys = ['alert-engagement-high', 'alert-spike'];

const everywhere = ({ subject, html, text }: { subject: string; html: string; text: string }) =>
  [subject, html.replace(/<style>[^]*?<\/style>/, ''), text].join('\n');

describe('the shipped templates', () => {
  it('are built from their files as they are now', () => {
    const generator = join(__dirname, '../../templates/generate.mjs');

    expect(() => execFileSync(process.execPath, [generator, '--check'], { stdio: 'pipe' })).not.toThrow();
  });

  it('are two mails to leads and two to their owners', () => {
    expect(renderer.list().map(({ key, kind }) => [key, kind])).toEqual([
      ['alert-engagement-high', 'internal'],
      ['alert-spike', 'internal'],
      ['re-engagement-1', 'promotional'],
      ['re-engagement-2', 'promotional'],
    ]);
  });

  describe.each(promotionalKeys)('%s', (key) => {
    it('speaks to the person, and says who writes and how to stop, in both parts', () => {
      const { subject, html, text } = renderer.render(key, promotional);

      expect(subject).toMatch(/^Jane, /);
      for (const part of [html, text]) {
        expect(part).toContain('Hi Jane,');
        expect(part).toContain('Mara Lindqvist');
        expect(part).toContain('Harbour Street 12, 20457 Hamburg');
        expect(part).toContain('https://t.northwind.example/u/1.abc.def');
        expect(part).toContain('marketing e-mail');
      }
      expect(text).toContain('https://northwind.example/new?a=1&b=2');
    });

    it('has one call to action', () => {
      const { html } = renderer.render(key, promotional);

      expect(html.match(/href="https:\/\/northwind\.example\/new[^"]*"/g)).toHaveLength(1);
    });

    it.each(bareLeads)('reads well about a lead we know nothing of: %j', (lead) => {
      const mail = renderer.render(key, { ...promotional, lead, account: null });

      expect(mail.text).toContain('Hi there,');
      expect(mail.subject).toMatch(/^[A-Z]/);
      expect(everywhere(mail)).not.toMatch(/undefined|null|NaN|\[object|Hi ,|Hi <|\{\{|\[\[| ,|\(\)|, \./);
    });

    it.each(['sender.postalAddress', 'sender.name', 'sender.company', 'links.unsubscribe', 'links.cta'])(
      'is held without %s',
      (path) => {
        const [group = '', field = ''] = path.split('.');
        const parts: Record<string, object> = { sender: promotional.sender, links: promotional.links };
        const context = { ...promotional, [group]: { ...parts[group], [field]: '' } };

        expect(() => renderer.render(key, context)).toThrow(expect.objectContaining({ missing: [path] }));
      },
    );
  });

  describe.each(alertKeys)('%s', (key) => {
    it('says who, how high, why and what to do, and leads to the lead, in both parts', () => {
      const { subject, html, text } = renderer.render(key, alert);

      expect(subject).toContain('Jane Doe (Acme Logistics)');
      for (const part of [html, text]) {
        for (const word of ['Jane Doe', 'Acme Logistics', '72', 'past 60', 'Pricing page', '16.2', 'Case study']) {
          expect(part).toContain(word);
        }
        expect(part).toContain('Call within a day.');
        expect(part).toContain('https://crm.example/leads/1');
      }
    });

    it.each(bareLeads)('reads well about a lead we know nothing of: %j', (lead) => {
      const bare = { ...alert, lead, account: null, owner: null, alert: { ...alert.alert, band: null, causes: [] } };
      const mail = renderer.render(key, bare);

      expect(mail.subject).toMatch(/a lead\b/i);
      expect(mail.text).toContain('A lead without a name');
      expect(everywhere(mail)).not.toMatch(/undefined|null|NaN|\[object|\{\{|\[\[| ,|\(\)|Why|What they did/);
    });

    it('calls a lead without a name by the address', () => {
      const { subject, text } = renderer.render(key, { ...alert, lead: { email: 'jane@acme.example' } });

      expect(subject).toContain('jane@acme.example');
      expect(text.match(/jane@acme\.example/g)).toHaveLength(1);
    });
  });

  it.each([...promotionalKeys, ...alertKeys])('%s shows hostile names as plain text', (key) => {
    const hostile = '"><script>alert(1)</script>{{constructor}}\r\nBcc: evil@x.test <a href="javascript:x">';
    const lead = { firstName: hostile, name: hostile, email: hostile, title: hostile };
    const mail = renderer.render(key, {
      ...promotional,
      ...alert,
      ...{ sender: promotional.sender },
      lead,
      links: {
        ...promotional.links,
        ...alert.links,
      },
    });

    expect(mail.html).not.toContain('<script');
    expect(mail.html).not.toContain('href="javascript');
    expect(mail.html).toContain('{{constructor}}');
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });

  it.each([...promotionalKeys, ...alertKeys])('%s is small, adapts to phones and to dark mode', (key) => {
    const { html } = renderer.render(key, {
      ...promotional,
      ...alert,
      links: { ...promotional.links, ...alert.links },
    });

    expect(Buffer.byteLength(html)).toBeLessThan(30_000);
    expect(html).toContain('@media (max-width: 620px)');
    expect(html).toContain('@media (prefers-color-scheme: dark)');
    expect(html).toContain('<html lang="en"');
  });
});

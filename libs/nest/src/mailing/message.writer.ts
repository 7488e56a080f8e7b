import { Inject, Injectable } from '@nestjs/common';
import {
  alertHeaders,
  newMessageId,
  promotionalHeaders,
  rewriteLinks,
  TemplateRenderer,
  type MailHeaders,
  type MailPerson,
  type RenderedMail,
} from '@rekindle/mail';
import {
  LinkStore,
  MessageStore,
  newId,
  WorkspaceStore,
  type AccountRow,
  type AlertRow,
  type EnrolmentRow,
  type LeadRow,
  type LinkRow,
  type MessageInsert,
  type Sql,
} from '@rekindle/store';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { AddressHasher } from './address.hasher';
import { LinkTokens } from './link.tokens';

/** Whom a mail is about, as of the transaction that writes it. */
export interface MailSubject {
  lead: LeadRow;
  account: AccountRow | null;
}

/** One step of an enrolment. */
export interface StepMail extends MailSubject {
  enrolment: EnrolmentRow;
  template: string;
  /** Where the mail's button leads. */
  buttonUrl: string | undefined;
  toAddress: string;
}

/** An alert as a mail. */
export interface AlertMail extends MailSubject {
  alert: AlertRow;
  toAddress: string;
  bandLabel: string | null;
}

interface Target {
  workspaceId: string;
  now: number;
}

const instantWords = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

function personOf(lead: LeadRow): MailPerson {
  const given = lead.traits['firstName'] ?? lead.traits['first_name'];
  const firstName = typeof given === 'string' && given.trim() !== '' ? given.trim() : lead.name?.split(' ')[0];
  return { firstName, name: lead.name, email: lead.email, title: lead.title };
}

/** Renders mails and freezes them as rows: what was decided to be sent is what will be sent. */
@Injectable()
export class MessageWriter {
  private readonly messages = new MessageStore();
  private readonly links = new LinkStore();
  private readonly workspaces = new WorkspaceStore();

  constructor(
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
    private readonly renderer: TemplateRenderer,
    private readonly tokens: LinkTokens,
    private readonly addresses: AddressHasher,
  ) {}

  /**
   * In the caller's transaction: one step's mail, tracked and with a way out, queued.
   * @throws MailError where the template lacks data or is unknown
   */
  async queueStep(sql: Sql, target: Target, step: StepMail): Promise<boolean> {
    const id = newId(target.now);
    const unsubscribe = this.tokens.urlOf('unsubscribe', { ...target, id });
    const { mail, links } = this.tracked(
      target,
      id,
      await this.renderStep(sql, target, step, unsubscribe),
      unsubscribe,
    );
    const stream = `${step.enrolment.sequenceKey}.${this.options.mailFrom.split('@')[1] ?? 'localhost'}`;
    const headers = promotionalHeaders({
      unsubscribeUrl: unsubscribe,
      listId: stream,
      feedbackId: `${step.enrolment.sequenceKey}:${target.workspaceId}:promotional:rekindle`,
    });
    const row = this.rowOf(
      target,
      { id, kind: 'sequence', leadId: step.lead.id, toAddress: step.toAddress },
      { mail, headers },
    );
    const { enrolment, template } = step;
    const isNew = await this.messages.insert(sql, target.workspaceId, {
      ...row,
      enrolmentId: enrolment.id,
      step: enrolment.stepIndex,
      template,
    });
    if (isNew) await this.links.insertMany(sql, target.workspaceId, links);
    return isNew;
  }

  /** In the caller's transaction: a step that will not be sent, visible with its reason once its enrolment is ended. */
  async planUnsendable(sql: Sql, target: Target, step: Omit<StepMail, 'buttonUrl' | 'account'>): Promise<void> {
    const about = { id: newId(target.now), kind: 'sequence' as const, leadId: step.lead.id, toAddress: step.toAddress };
    const mail = { subject: '', html: '', text: '', templateVersion: '' };
    await this.messages.insert(sql, target.workspaceId, {
      ...this.rowOf(target, about, { mail, headers: {} }),
      enrolmentId: step.enrolment.id,
      step: step.enrolment.stepIndex,
      template: step.template,
      state: 'planned',
    });
  }

  /** In the caller's transaction: an alert's mail to a colleague, queued. */
  async queueAlert(sql: Sql, target: Target, mail: AlertMail): Promise<void> {
    const { alert, lead, account } = mail;
    const template = this.renderer.has(`alert-${alert.ruleKey}`) ? `alert-${alert.ruleKey}` : 'alert-engagement-high';
    const rendered = this.renderer.render(template, {
      lead: personOf(lead),
      account: account && { name: account.name },
      owner: { email: mail.toAddress },
      alert: {
        title: alert.title,
        sentence: alert.sentence,
        score: Math.round(alert.score),
        band: mail.bandLabel,
        causes: alert.causes.map(({ label, count, points }) => ({ label, count, points: points.toFixed(1) })),
        nextStep: alert.nextStep,
        at: `${instantWords.format(alert.at)} UTC`,
      },
      links: { lead: `${this.options.publicUrl.replace(/\/+$/, '')}/leads/${lead.id}` },
    });
    const about = { id: newId(target.now), kind: 'alert' as const, leadId: lead.id, toAddress: mail.toAddress };
    const row = this.rowOf(target, about, { mail: rendered, headers: alertHeaders() });
    await this.messages.insert(sql, target.workspaceId, { ...row, alertId: alert.id, template });
  }

  private async renderStep(sql: Sql, target: Target, step: StepMail, unsubscribe: string): Promise<RenderedMail> {
    const workspace = await this.workspaces.byId(sql, target.workspaceId);
    const company = workspace?.name ?? 'Rekindle';
    return this.renderer.render(step.template, {
      lead: personOf(step.lead),
      account: step.account && { name: step.account.name },
      sender: { name: this.options.mailFromName ?? company, company, postalAddress: this.options.postalAddress },
      links: { cta: step.buttonUrl ?? `${this.options.publicUrl}/`, unsubscribe },
    });
  }

  private tracked(
    target: Target,
    messageId: string,
    rendered: RenderedMail,
    unsubscribe: string,
  ): { mail: RenderedMail; links: LinkRow[] } {
    const links: LinkRow[] = [];
    const linkTo = (url: string, isTrap: boolean): string => {
      const link = { id: newId(target.now), messageId, url, isTrap };
      links.push(link);
      return this.tokens.urlOf('click', { workspaceId: target.workspaceId, id: link.id });
    };
    const resolve = (url: string): string => linkTo(url, false);
    const openPixelUrl = this.tokens.urlOf('open', { workspaceId: target.workspaceId, id: messageId });
    const isTrapped = this.options.hasHiddenLink ?? true;
    const hiddenLinkUrl = isTrapped ? linkTo(this.tokens.neutralPage, true) : undefined;
    const parts = rewriteLinks(rendered, { resolve, untouched: [unsubscribe], openPixelUrl, hiddenLinkUrl });
    return { mail: { ...rendered, ...parts }, links };
  }

  private rowOf(
    { workspaceId, now }: Target,
    about: Pick<MessageInsert, 'id' | 'kind' | 'leadId' | 'toAddress'>,
    content: { mail: RenderedMail; headers: MailHeaders },
  ): MessageInsert {
    const { subject, html, text, templateVersion } = content.mail;
    return {
      ...about,
      enrolmentId: null,
      step: null,
      alertId: null,
      template: templateVersion,
      addressHash: this.addresses.hash(workspaceId, about.toAddress),
      subject,
      html,
      text,
      headers: { ...content.headers },
      messageIdHeader: newMessageId(this.options.mailFrom),
      state: 'queued',
      nextAttemptAt: now,
      createdAt: now,
    };
  }
}

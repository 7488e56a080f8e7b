export { MailError, type MailErrorCode, type TemplatePosition } from './mail.error';

export {
  type RenderedMail,
  TemplateRenderer,
  type TemplateRendererOptions,
  type TemplateSummary,
} from './render/template.renderer';
export type { TemplateContext, TemplateValue } from './render/template.context';
export type { TemplateKind, TemplateLayout, TemplateSource } from './render/template.source';
export { shippedLayouts, shippedTemplates } from './render/shipped-templates.generated';
export type { AlertMailContext, MailPerson, PromotionalMailContext } from './render/shipped.context';

export { type AddressFault, type MailboxAddress, parseAddress, type ParsedAddress } from './compose/address.parser';
export {
  alertHeaders,
  type MailHeaders,
  type PromotionalHeaderValues,
  promotionalHeaders,
} from './compose/header.values';
export {
  type ComposedMail,
  composeMessage,
  type DkimKey,
  type MailDraft,
  type MailEnvelope,
  type MailParty,
  newMessageId,
} from './compose/message.composer';

export { CaughtMailSender } from './send/caught.sender';
export { type HandOverOutcome, MailSender, type MailToSend, type RejectedCommand } from './send/mail.sender';
export { mailSenderFor } from './send/sender.choice';
export { SmtpMailSender, type SmtpTimeouts } from './send/smtp.sender';
export { parseSmtpUrl, type SmtpSettings } from './send/smtp.url';

export { type LinkPurpose, signToken, type TokenKey, tokenKeyOf, verifyToken } from './links/link.token';
export { type LinkTracking, type MailParts, rewriteLinks } from './links/tracked.links';

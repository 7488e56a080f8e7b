import { Module } from '@nestjs/common';
import { mailSenderFor, MailSender, TemplateRenderer } from '@rekindle/mail';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { AddressHasher } from './address.hasher';
import { LinkTokens } from './link.tokens';
import { MailService } from './mail.service';
import { MessageWriter } from './message.writer';

/** Rendering, freezing and handing over of mails. */
@Module({
  providers: [
    AddressHasher,
    LinkTokens,
    MailService,
    MessageWriter,
    { provide: TemplateRenderer, useFactory: () => new TemplateRenderer() },
    {
      provide: MailSender,
      inject: [LEAD_SCORING_OPTIONS],
      useFactory: (options: LeadScoringOptions) => mailSenderFor(options.smtpUrl),
    },
  ],
  exports: [AddressHasher, LinkTokens, MailService, MessageWriter],
})
export class MailingModule {}

import { Module } from '@nestjs/common';
import { MailingModule } from '../mailing/mailing.module';
import { EnrolmentExits } from './enrolment.exits';
import { EnrolmentReopening } from './enrolment.reopening';
import { EnrolmentService } from './enrolment.service';
import { SequenceCatalogue } from './sequence.catalogue';
import { SequenceService } from './sequence.service';

/** Sequences of mails, who is in them, and what ends them. */
@Module({
  imports: [MailingModule],
  providers: [EnrolmentExits, EnrolmentReopening, EnrolmentService, SequenceCatalogue, SequenceService],
  exports: [EnrolmentExits, EnrolmentReopening, EnrolmentService, SequenceCatalogue, SequenceService],
})
export class SequencesModule {}

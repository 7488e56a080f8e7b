import { Module } from '@nestjs/common';
import { ImportsModule } from '../imports/imports.module';
import { IngestModule } from '../ingest/ingest.module';
import { MailingModule } from '../mailing/mailing.module';
import { OutboxModule } from '../outbox/outbox.module';
import { SequencesModule } from '../sequences/sequences.module';
import { DueService } from './due.service';
import { WorkLoops } from './work.loops';

/** The timer, and the loops of a worker. */
@Module({
  imports: [ImportsModule, IngestModule, MailingModule, OutboxModule, SequencesModule],
  providers: [DueService, WorkLoops],
  exports: [DueService],
})
export class DueModule {}

import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module';
import { MailingModule } from '../mailing/mailing.module';
import { SequencesModule } from '../sequences/sequences.module';
import { ActionRunner } from './action.runner';
import { OutboxService } from './outbox.service';

/** Work that outlives the transaction which decided it. */
@Module({
  imports: [IngestModule, MailingModule, SequencesModule],
  providers: [ActionRunner, OutboxService],
  exports: [OutboxService],
})
export class OutboxModule {}

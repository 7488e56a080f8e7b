import { Module } from '@nestjs/common';
import { MailingModule } from '../mailing/mailing.module';
import { SequencesModule } from '../sequences/sequences.module';
import { DefinitionsCache } from './definitions.cache';
import { IngestService } from './ingest.service';
import { Pipeline } from './pipeline';
import { ScoreWriter } from './score.writer';
import { SignalEffects } from './signal.effects';
import { TrackingController } from './tracking.controller';

/** `/v1`, and the one way in for events. */
@Module({
  imports: [MailingModule, SequencesModule],
  controllers: [TrackingController],
  providers: [DefinitionsCache, IngestService, Pipeline, ScoreWriter, SignalEffects],
  exports: [DefinitionsCache, IngestService, ScoreWriter, MailingModule, SequencesModule],
})
export class IngestModule {}

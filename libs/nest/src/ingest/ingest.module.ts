import { Module } from '@nestjs/common';
import { MailingModule } from '../mailing/mailing.module';
import { SequencesModule } from '../sequences/sequences.module';
import { BeaconController } from './beacon.controller';
import { DefinitionsCache } from './definitions.cache';
import { EvidenceWithdrawal } from './evidence.withdrawal';
import { IngestService } from './ingest.service';
import { Pipeline } from './pipeline';
import { ScoreWriter } from './score.writer';
import { SignalEffects } from './signal.effects';
import { TrackingController } from './tracking.controller';
import { TrackingDoor } from './tracking.door';

/** `/v1`, what RudderStack's browser client asks for beside it, and the one way in for events. */
@Module({
  imports: [MailingModule, SequencesModule],
  controllers: [TrackingController, BeaconController],
  providers: [DefinitionsCache, EvidenceWithdrawal, IngestService, Pipeline, ScoreWriter, SignalEffects, TrackingDoor],
  exports: [DefinitionsCache, EvidenceWithdrawal, IngestService, ScoreWriter, MailingModule, SequencesModule],
})
export class IngestModule {}

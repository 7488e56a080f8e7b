import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module';
import { SecretBox } from '../credentials/secret.box';
import { DeliveriesController } from './delivery.controller';
import { DeliveryIntake } from './delivery.intake';
import { DeliveryService } from './delivery.service';
import { SourcesController } from './source.controller';
import { SourceService } from './source.service';
import { SnsClient } from '../verification/sns.client';
import { VerifierRegistry } from '../verification/verifier.registry';

/** `/api/sources`, and `/v1/sources` where they send to. */
@Module({
  imports: [IngestModule],
  controllers: [SourcesController, DeliveriesController],
  providers: [SourceService, DeliveryService, DeliveryIntake, VerifierRegistry, SnsClient, SecretBox],
})
export class SourcesModule {}

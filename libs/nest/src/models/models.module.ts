import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module';
import { CalibrationService } from './calibration.service';
import { ModelsController } from './model.controller';
import { DraftService } from './draft.service';
import { ModelService } from './model.service';
import { RescoreService } from './rescore.service';

/** `/api/models` */
@Module({
  imports: [IngestModule],
  controllers: [ModelsController],
  providers: [CalibrationService, DraftService, ModelService, RescoreService],
})
export class ModelsModule {}

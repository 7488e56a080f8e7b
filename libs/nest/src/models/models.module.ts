import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module';
import { ModelsController } from './model.controller';
import { ModelService } from './model.service';
import { RescoreService } from './rescore.service';

/** `/api/models` */
@Module({ imports: [IngestModule], controllers: [ModelsController], providers: [ModelService, RescoreService] })
export class ModelsModule {}

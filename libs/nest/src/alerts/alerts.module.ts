import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module';
import { AlertsController } from './alert.controller';
import { AlertService } from './alert.service';

/** `/api/alerts` */
@Module({ imports: [IngestModule], controllers: [AlertsController], providers: [AlertService] })
export class AlertsModule {}

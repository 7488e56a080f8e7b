import { Module } from '@nestjs/common';
import { DueModule } from '../due/due.module';
import { IngestModule } from '../ingest/ingest.module';
import { EventsController } from './event.controller';
import { EventReader } from './event.reader';
import { LeadsController } from './lead.controller';
import { LeadReader } from './lead.reader';
import { LeadService } from './lead.service';
import { ScoreService } from './score.service';
import { TimelineService } from './timeline.service';

/** `/api/leads` and `/api/events` */
@Module({
  imports: [IngestModule, DueModule],
  controllers: [LeadsController, EventsController],
  providers: [EventReader, LeadReader, LeadService, ScoreService, TimelineService],
  exports: [LeadReader, LeadService, ScoreService],
})
export class LeadsModule {}

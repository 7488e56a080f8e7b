import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module';
import { WorkspaceController } from './workspace.controller';

/** `/api/workspace` and `/api/rules` */
@Module({ imports: [IngestModule], controllers: [WorkspaceController] })
export class WorkspaceModule {}

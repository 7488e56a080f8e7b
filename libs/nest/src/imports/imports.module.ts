import { Module } from '@nestjs/common';
import { ImportFiles } from '../import-files/import.files';
import { IngestModule } from '../ingest/ingest.module';
import { ImportsController } from './import.controller';
import { ImportRunner } from './import.runner';
import { ImportService } from './import.service';
import { ImportUndo } from './import.undo';
import { ImportWorker } from './import.worker';

/** `/api/imports`, and the worker behind it. */
@Module({
  imports: [IngestModule],
  controllers: [ImportsController],
  providers: [ImportFiles, ImportRunner, ImportService, ImportUndo, ImportWorker],
  exports: [ImportService, ImportWorker],
})
export class ImportsModule {}

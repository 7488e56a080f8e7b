import { Module } from '@nestjs/common';
import { IngestModule } from '../ingest/ingest.module';
import { LinkController } from './link.controller';
import { LinkService } from './link.service';

/** `/c`, `/e` and `/u`: what people do with our mails. */
@Module({ imports: [IngestModule], controllers: [LinkController], providers: [LinkService] })
export class LinksModule {}

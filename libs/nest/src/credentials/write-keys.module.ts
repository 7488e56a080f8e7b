import { Module } from '@nestjs/common';
import { WriteKeysController } from './write-key.controller';
import { WriteKeyService } from './write-key.service';

/** `/api/write-keys` */
@Module({ controllers: [WriteKeysController], providers: [WriteKeyService] })
export class WriteKeysModule {}

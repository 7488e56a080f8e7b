import { Module } from '@nestjs/common';
import { MessagesController } from './message.controller';

/** `/api/messages` */
@Module({ controllers: [MessagesController] })
export class MessagesModule {}

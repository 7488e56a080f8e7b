import { Module } from '@nestjs/common';
import { SessionController } from './session.controller';

/** `/api/session`; the service behind it belongs to the core, because the guard asks it. */
@Module({ controllers: [SessionController] })
export class SessionModule {}

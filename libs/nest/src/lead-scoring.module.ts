import { Module, type DynamicModule, type InjectionToken, type OnModuleInit, type Type } from '@nestjs/common';
import { AlertsModule } from './alerts/alerts.module';
import { LeadScoringCoreModule } from './core.module';
import { ProvisionService } from './credentials/provision.service';
import { DueModule } from './due/due.module';
import { HealthModule } from './health/health.module';
import { ImportsModule } from './imports/imports.module';
import { IngestModule } from './ingest/ingest.module';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from './lead-scoring.options';
import { LeadsModule } from './leads/leads.module';
import { LinksModule } from './links/links.module';
import { MailingModule } from './mailing/mailing.module';
import { MessagesModule } from './messages/messages.module';
import { ModelsModule } from './models/models.module';
import { controllersOf, refuseOpenRoutes } from './openapi/access.inspection';
import { buildOpenApi, type OpenApiDocument } from './openapi/document.builder';
import { OutboxModule } from './outbox/outbox.module';
import { SequencesModule } from './sequences/sequences.module';
import { SourcesModule } from './sources/sources.module';
import { SessionModule } from './session/session.module';
import { WriteKeysModule } from './credentials/write-keys.module';
import { WorkspaceModule } from './workspace/workspace.module';

const features: readonly Type[] = [
  AlertsModule,
  DueModule,
  HealthModule,
  ImportsModule,
  IngestModule,
  LeadsModule,
  LinksModule,
  MailingModule,
  MessagesModule,
  ModelsModule,
  OutboxModule,
  SequencesModule,
  SessionModule,
  SourcesModule,
  WorkspaceModule,
  WriteKeysModule,
];

/** How a host computes the options from its own services. */
export interface LeadScoringAsyncOptions {
  imports?: DynamicModule['imports'];
  inject?: InjectionToken[];
  useFactory: (...services: never[]) => LeadScoringOptions | Promise<LeadScoringOptions>;
}

/** The OpenAPI 3.1 document of every route of the module; needs no running application. */
export function leadScoringOpenApi(version: string): OpenApiDocument {
  return buildOpenApi(controllersOf(features), version);
}

/**
 * Lead scoring as a Nest module, under Fastify and Express. It brings its own database connection and sets nothing
 * globally: no pipes, filters, prefixes or body parsers of the host are touched.
 */
@Module({})
export class LeadScoringModule implements OnModuleInit {
  static forRoot(options: LeadScoringOptions): DynamicModule {
    return LeadScoringModule.on(LeadScoringCoreModule.register({ provide: LEAD_SCORING_OPTIONS, useValue: options }));
  }

  static forRootAsync({ imports, inject, useFactory }: LeadScoringAsyncOptions): DynamicModule {
    const options = { provide: LEAD_SCORING_OPTIONS, inject: inject ?? [], useFactory };
    return LeadScoringModule.on(LeadScoringCoreModule.register(options, imports));
  }

  /** Throws when a route does not declare who may call it. */
  onModuleInit(): void {
    refuseOpenRoutes(controllersOf(features));
  }

  private static on(core: DynamicModule): DynamicModule {
    return {
      module: LeadScoringModule,
      imports: [core, ...features],
      providers: [ProvisionService],
      exports: [core, ...features, ProvisionService],
    };
  }
}

import { Inject, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { Database } from '@rekindle/store';
import { Clock, SystemClock } from './clock/clock';
import { AccessGuard } from './credentials/access.guard';
import { CredentialService } from './credentials/credential.service';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from './lead-scoring.options';
import { ProblemFilter } from './problem/problem.filter';
import { SessionService } from './session/session.service';

const database: Provider = {
  provide: Database,
  inject: [LEAD_SCORING_OPTIONS],
  useFactory: ({ databaseUrl }: LeadScoringOptions) => Database.open({ url: databaseUrl }),
};

const clock: Provider = {
  provide: Clock,
  inject: [LEAD_SCORING_OPTIONS],
  useFactory: (options: LeadScoringOptions) => options.clock ?? new SystemClock(),
};

const shared = [Database, Clock, AccessGuard, CredentialService, SessionService, ProblemFilter];

/** What every feature needs: the options, the clock, our own database and the guard. Closes the database last. */
@Module({})
export class LeadScoringCoreModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly opened: Database) {}

  /** `options` is the provider of `LEAD_SCORING_OPTIONS`. */
  static register(options: Provider, imports: DynamicModule['imports'] = []): DynamicModule {
    return {
      module: LeadScoringCoreModule,
      global: true,
      imports,
      providers: [options, clock, database, AccessGuard, CredentialService, SessionService, ProblemFilter],
      exports: [LEAD_SCORING_OPTIONS, ...shared],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.opened.close();
  }
}

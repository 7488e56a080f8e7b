import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { ImportWorker } from '../imports/import.worker';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';
import { MailService } from '../mailing/mail.service';
import { OutboxService } from '../outbox/outbox.service';
import { SequenceService } from '../sequences/sequence.service';
import { DueService } from './due.service';
import { PollingLoop } from './polling.loop';

const PAUSE_MS = 500;

/**
 * Everything that happens without a request, in processes whose role includes it. Mail has a loop of its own, because servers are
 * slow, and so have imports, because files are long.
 */
@Injectable()
export class WorkLoops implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loops: readonly PollingLoop[];

  constructor(
    private readonly due: DueService,
    private readonly outbox: OutboxService,
    private readonly sequences: SequenceService,
    private readonly mail: MailService,
    private readonly imports: ImportWorker,
    private readonly clock: Clock,
    @Inject(LEAD_SCORING_OPTIONS) private readonly options: LeadScoringOptions,
  ) {
    this.loops = [
      new PollingLoop('work', () => this.work(), PAUSE_MS),
      new PollingLoop('mail', () => this.handOver(), PAUSE_MS),
      new PollingLoop('imports', () => this.imports.drain(), PAUSE_MS),
    ];
  }

  onApplicationBootstrap(): void {
    if (this.options.role !== 'api') for (const loop of this.loops) loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.imports.stop();
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  private async work(): Promise<void> {
    await this.due.runUntil(this.clock.now());
    await this.outbox.drain(this.clock.now());
    await this.sequences.drain(this.clock.now());
  }

  private async handOver(): Promise<void> {
    await this.mail.drain(this.clock.now());
  }
}

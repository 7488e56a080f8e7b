import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Calibration, ModelFit } from '@rekindle/contracts';
import {
  calibrationReport,
  compileModel,
  fittingModel,
  scoredBeforeDecision,
  scoringModelSchema,
  signalFeatures,
  type DecidedLead,
  type FeatureRow,
  type ScoredLead,
} from '@rekindle/scoring';
import { Database, LeadStore, OutcomeStore, type OutcomeRow } from '@rekindle/store';
import { Clock } from '../clock/clock';
import { inTurns } from '../clock/turns';
import { scoringEventsOf } from '../ingest/scored.leads';
import { calibrationOf, modelFitOf } from './calibration.mapping';
import { ModelService } from './model.service';

/** So few that reading their events holds up nobody. */
const CHUNK = 50;
/** Of more decided leads the newest are read: nobody waits for the events of all. */
const MOST_SCORED = 10_000;
/** The fit works through all of them many times over. */
const MOST_FITTED = 5_000;

/**
 * Engagement against how leads ended. Each lead is read as it was just before its first outcome, from the events until
 * then; what its outcome brought about is never seen.
 */
@Injectable()
export class CalibrationService {
  private readonly outcomes = new OutcomeStore();
  private readonly leads = new LeadStore();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly models: ModelService,
  ) {}

  /** Of the published model. Throws 404. */
  async report(workspaceId: string, key: string): Promise<Calibration> {
    const { document, version } = await this.models.published(workspaceId, key);
    const model = compileModel(document, version);
    const scored: ScoredLead[] = [];
    for await (const lead of this.decided(workspaceId, MOST_SCORED)) scored.push(scoredBeforeDecision(lead, model));
    const withOutcome = await this.outcomes.countLeads(this.database.read, workspaceId);
    const all = await this.leads.count(this.database.read, workspaceId);
    const rest = { withoutOutcome: all - withOutcome, leftOut: withOutcome - scored.length };
    return calibrationOf(calibrationReport(scored), { model, at: this.clock.now(), rest });
  }

  /** The draft with weights of its signals fitted; nothing is written. Throws 404. */
  async fit(workspaceId: string, key: string): Promise<ModelFit> {
    const draft = scoringModelSchema.parse((await this.models.draft(workspaceId, key)).document);
    const { features, rowOf } = signalFeatures(draft);
    const rows: FeatureRow[] = [];
    for await (const lead of this.decided(workspaceId, MOST_FITTED)) rows.push(rowOf(lead));
    const leftOut = (await this.outcomes.countLeads(this.database.read, workspaceId)) - rows.length;
    return modelFitOf(await inTurns(fittingModel(draft, { features, rows })), { draft, leftOut });
  }

  /** One lead's events at a time: what is held does not grow with them. */
  private async *decided(workspaceId: string, most: number): AsyncGenerator<DecidedLead> {
    let before: string | undefined;
    for (let left = most; left > 0;) {
      const page: OutcomeRow[] = await this.outcomes.firstOfLeads(this.database.read, workspaceId, {
        before,
        limit: Math.min(CHUNK, left),
      });
      for (const outcome of page) yield this.leadOf(workspaceId, outcome);
      before = page.at(-1)?.leadId;
      if (before === undefined) return;
      left -= page.length;
      await nextTurn();
    }
  }

  private async leadOf(workspaceId: string, { leadId, outcome, at }: OutcomeRow): Promise<DecidedLead> {
    const events = await scoringEventsOf(this.database.read, workspaceId, leadId, { until: at - 1 });
    return { id: leadId, outcome: outcome === 'lost' ? 'lost' : 'won', decidedAt: at, events };
  }
}

import { Injectable } from '@nestjs/common';
import type { ScoreAnswer } from '@rekindle/contracts';
import { replay, type LeadState } from '@rekindle/rules';
import { scoreAt } from '@rekindle/scoring';
import { Database } from '@rekindle/store';
import { Clock } from '../clock/clock';
import { attributesOf, scoringEventsOf } from '../ingest/scored.leads';
import type { LeadFile } from './lead.reader';
import { scoreAnswerOf } from './score.mapping';

/**
 * The score of a lead at any instant. Now and later it follows from the stored profile; for a moment before the
 * profile's own clock it is rebuilt from the events that count as of then.
 */
@Injectable()
export class ScoreService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** `at` in epoch ms; absent: now. */
  async score(workspaceId: string, file: LeadFile, at: number = this.clock.now()): Promise<ScoreAnswer> {
    const attributes = attributesOf(file.lead, file.account);
    const state = await this.stateAt(workspaceId, file, at);
    const { model } = file.workspace.definitions;
    return scoreAnswerOf(scoreAt({ profile: state.profile, attributes, at, model }), state.firstTier);
  }

  private async stateAt(workspaceId: string, file: LeadFile, at: number): Promise<LeadState> {
    const { clock, profile } = file.state;
    const knownUntil = Math.max(clock ?? at, profile.lastAt ?? at);
    if (at >= knownUntil) return file.state;
    const events = await scoringEventsOf(this.database.read, workspaceId, file.lead.id, { until: at });
    const attributes = attributesOf(file.lead, file.account);
    return replay({ events, attributes, until: at }, file.workspace.definitions).state;
  }
}

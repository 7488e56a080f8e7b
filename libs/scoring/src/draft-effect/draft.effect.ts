import { modelDifferences } from '../model-document/model.difference';
import type { CompiledModel } from '../model/model.compile';
import type { LeadAttributes, Profile } from '../profile';
import { type LeadPlace, placeOf, type PlaceInput } from './lead.place';
import { placeReasons } from './place.reasons';
import { type ValueEffect, ValueTally } from './value.tally';

/** A lead as it is stored. */
export interface DraftLead {
  leadId: string;
  profile: Profile;
  attributes: LeadAttributes;
  /** The profile its events give under the draft; only asked for where `needsEvents` says so. */
  draftProfile?: Profile;
}

/** The model in force and the draft, and the instant (epoch ms) at which leads are compared. */
export interface DraftEffectSettings {
  published: CompiledModel;
  draft: CompiledModel;
  at: number;
  /** So many leads are named with reasons; without it 20. */
  mostSamples?: number;
}

/** One lead the draft would move. */
export interface DraftSample {
  leadId: string;
  before: LeadPlace;
  after: LeadPlace;
  /** Lines for people: "Pricing page visit: 6 → 8 points". */
  reasons: string[];
}

/** What a draft would do to all leads, if it were published. */
export interface DraftEffect {
  at: number;
  leads: number;
  /** Leads whose band, tier, grade or cell changes. */
  changedLeads: number;
  band: ValueEffect;
  tier: ValueEffect;
  grade: ValueEffect;
  /** The priority matrix: `counts` has every cell before and after. */
  cell: ValueEffect;
  /** The changed leads whose priority moves most, those of one size by id. */
  samples: DraftSample[];
  /** Leads told from their stored profile though the draft needs their events: for them this is an estimate. */
  estimatedLeads: number;
}

interface Candidate {
  lead: DraftLead;
  before: LeadPlace;
  after: LeadPlace;
  size: number;
}

const MOST_SAMPLES = 20;

function isFirst(one: Candidate, other: Candidate): boolean {
  return one.size === other.size ? one.lead.leadId < other.lead.leadId : one.size > other.size;
}

/**
 * Takes leads one after another, in any order, and tells what a draft changes for them; keeps counts and a few samples,
 * never the leads, and writes nothing. For leads that come page by page; see {@link draftEffect} for an iterable.
 */
export class DraftComparison {
  /** Whether the draft records other things than the model in force, so that exact answers take a `draftProfile`. */
  readonly needsEvents: boolean;
  readonly #settings: DraftEffectSettings;
  readonly #mostSamples: number;
  readonly #tallies: Readonly<Record<'band' | 'tier' | 'grade' | 'cell', ValueTally>>;
  readonly #candidates: Candidate[] = [];
  #leads = 0;
  #changedLeads = 0;
  #estimatedLeads = 0;

  constructor(settings: DraftEffectSettings) {
    const documents = [settings.published.document, settings.draft.document];
    const { published, draft } = settings;
    this.#settings = settings;
    this.#mostSamples = settings.mostSamples ?? MOST_SAMPLES;
    this.needsEvents = modelDifferences(published.document, draft.document).some((one) => one.needsEvents);
    this.#tallies = {
      band: new ValueTally(documents.flatMap(({ engagement }) => engagement.bands.map(({ key }) => key))),
      tier: new ValueTally(documents.flatMap(({ usage }) => usage.tiers.map(({ key }) => key))),
      grade: new ValueTally(['A', 'B', 'C', 'D']),
      cell: new ValueTally(documents.flatMap(({ priority }) => Object.keys(priority.cells).sort())),
    };
  }

  take(lead: DraftLead): void {
    const { published, draft } = this.#settings;
    const before = placeOf(this.#inputOf(lead), published);
    const after = placeOf(this.#draftInputOf(lead), draft);
    this.#leads += 1;
    if (this.needsEvents && lead.draftProfile === undefined) this.#estimatedLeads += 1;
    const { band, tier, grade, cell } = this.#tallies;
    band.add(before.band, after.band);
    tier.add(before.tier, after.tier);
    grade.add(before.grade, after.grade);
    cell.add(before.cell, after.cell);
    if (!isMoved(before, after)) return;
    this.#changedLeads += 1;
    this.#consider({ lead, before, after, size: Math.abs(after.priority - before.priority) });
  }

  result(): DraftEffect {
    const { band, tier, grade, cell } = this.#tallies;
    return {
      at: this.#settings.at,
      leads: this.#leads,
      changedLeads: this.#changedLeads,
      band: band.result(),
      tier: tier.result(),
      grade: grade.result(),
      cell: cell.result(),
      samples: this.#candidates.map((candidate) => this.#sampleOf(candidate)),
      estimatedLeads: this.#estimatedLeads,
    };
  }

  #inputOf({ profile, attributes }: DraftLead): PlaceInput {
    return { profile, attributes, at: this.#settings.at };
  }

  #draftInputOf(lead: DraftLead): PlaceInput {
    return { ...this.#inputOf(lead), profile: lead.draftProfile ?? lead.profile };
  }

  #consider(candidate: Candidate): void {
    const candidates = this.#candidates;
    const position = candidates.findIndex((other) => isFirst(candidate, other));
    if (position >= 0) candidates.splice(position, 0, candidate);
    else if (candidates.length < this.#mostSamples) candidates.push(candidate);
    if (candidates.length > this.#mostSamples) candidates.pop();
  }

  #sampleOf({ lead, before, after }: Candidate): DraftSample {
    const { published, draft } = this.#settings;
    const reasons = placeReasons(
      { input: this.#inputOf(lead), model: published, place: before },
      { input: this.#draftInputOf(lead), model: draft, place: after },
    );
    return { leadId: lead.leadId, before, after, reasons };
  }
}

function isMoved(before: LeadPlace, after: LeadPlace): boolean {
  return (
    before.band !== after.band ||
    before.tier !== after.tier ||
    before.grade !== after.grade ||
    before.cell !== after.cell
  );
}

/** What a draft would change for these leads; reads them once. */
export function draftEffect(leads: Iterable<DraftLead>, settings: DraftEffectSettings): DraftEffect {
  const comparison = new DraftComparison(settings);
  for (const lead of leads) comparison.take(lead);
  return comparison.result();
}

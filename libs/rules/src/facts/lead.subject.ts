import {
  bandIndexOf,
  courseBandCrossingAt,
  courseLineAt,
  DAY_MS,
  engagementRank,
  fitVerdictOf,
  pointsAt,
  scoreCrossingAt,
  scoreOfPoints,
  SpikeWatch,
  type CompiledModel,
  type FitVerdict,
  type LeadAttributes,
  type PointsCourse,
  type Profile,
  type RankLine,
} from '@rekindle/scoring';

/** One lead as facts see it. Costly numbers that do not depend on the instant are worked out at most once. */
export class LeadSubject {
  readonly profile: Profile;
  readonly attributes: LeadAttributes;
  readonly model: CompiledModel;
  #rank: number | null | undefined;
  #course: PointsCourse | null | undefined;
  #fit: FitVerdict | undefined;
  /** Several rules ask for the score at one instant, and for the spike of one day. */
  #scored: { at: number; score: number } | undefined;
  #spikes: { day: number; watch: SpikeWatch } | undefined;
  /** A list, because a few scores are asked for and a map costs more. */
  readonly #crossings: { score: number; at: number | null }[] = [];

  constructor(profile: Profile, attributes: LeadAttributes, model: CompiledModel) {
    this.profile = profile;
    this.attributes = attributes;
    this.model = model;
  }

  /** Static engagement rank, or the points at the latest signal; null for a lead that never had a signal. */
  get rank(): number | null {
    if (this.#rank === undefined) this.#rank = engagementRank(this.profile, this.model);
    return this.#rank;
  }

  /** Points over time under a decay without static ranks; null with them, and without a signal. */
  get course(): PointsCourse | null {
    if (this.#course === undefined) {
      const { decay } = this.model;
      this.#course = decay.hasStaticRank ? null : decay.courseOf(this.profile, this.model);
    }
    return this.#course;
  }

  get fit(): FitVerdict {
    this.#fit ??= fitVerdictOf(this.attributes, this.model);
    return this.#fit;
  }

  /** Engagement points at an instant (epoch ms); undefined without a score. */
  pointsAt(at: number): number | undefined {
    if (this.course !== null) return this.course.valueAt(at);
    const { rank } = this;
    return rank === null || !this.model.decay.hasStaticRank ? undefined : pointsAt(rank, at, this.model);
  }

  /** What a store ranks the lead by from an instant (epoch ms) until {@link nextRankChangeAt}; null without a score. */
  rankLineAt(at: number): RankLine | null {
    if (this.course !== null) return courseLineAt(this.course, at, this.model);
    return this.rank === null ? null : { rank: this.rank, slopePerMs: 0 };
  }

  /** First ms after `at` from which another line ranks the lead; null: never, as under a static rank. */
  nextRankChangeAt(at: number): number | null {
    return this.course?.nextChange(at) ?? null;
  }

  /** Engagement score 0–100 at an instant (epoch ms); undefined without a score. */
  scoreAt(at: number): number | undefined {
    if (this.#scored?.at === at) return this.#scored.score;
    const points = this.pointsAt(at);
    if (points === undefined) return undefined;
    const score = scoreOfPoints(points, this.model);
    this.#scored = { at, score };
    return score;
  }

  /** First ms at which decay alone takes the score below another one; it may be past. Null: never, or no score. */
  scoreCrossingAt(score: number): number | null {
    for (const known of this.#crossings) {
      if (known.score === score) return known.at;
    }
    const at = scoreCrossingAt(this.rank, score, this.model);
    this.#crossings.push({ score, at });
    return at;
  }

  /** Position of the engagement band from the top, 0 first; undefined without a score. */
  bandIndexAt(at: number): number | undefined {
    const score = this.scoreAt(at);
    return score === undefined ? undefined : bandIndexOf(score, this.model);
  }

  /** Key of the engagement band; undefined without a score. */
  bandAt(at: number): string | undefined {
    const index = this.bandIndexAt(at);
    return index === undefined ? undefined : this.model.document.engagement.bands[index]?.key;
  }

  /** First ms after `at` at which decay alone moves the lead into another band; null: never. */
  nextBandChangeAt(at: number): number | null {
    if (this.course !== null) return courseBandCrossingAt(this.course, at, this.model);
    const index = this.bandIndexAt(at);
    const minScore = index === undefined ? 0 : (this.model.document.engagement.bands[index]?.minScore ?? 0);
    const crossing = minScore > 0 ? this.scoreCrossingAt(minScore) : null;
    return crossing !== null && crossing > at ? crossing : null;
  }

  /** Whether activity spikes at an instant (epoch ms), which is the same all UTC day; undefined without a score. */
  isSpikeAt(at: number): boolean | undefined {
    return this.rank === null ? undefined : this.#spikesOn(Math.floor(at / DAY_MS)).isSpike;
  }

  /** First ms after `at`, a UTC midnight, at which a spike begins or ends if nothing happens; null: never. */
  nextSpikeChangeAt(at: number): number | null {
    return this.rank === null ? null : this.#spikesOn(Math.floor(at / DAY_MS)).nextChangeAt;
  }

  #spikesOn(day: number): SpikeWatch {
    if (this.#spikes?.day !== day) {
      this.#spikes = { day, watch: new SpikeWatch(this.profile, day * DAY_MS, this.model) };
    }
    return this.#spikes.watch;
  }
}

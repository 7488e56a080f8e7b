export { conditionLeafSchema, operatorSchema } from './condition/condition';
export type { Condition, ConditionLeaf, Operator, Truth } from './condition/condition';
export { conditionSchema, MOST_DEPTH, MOST_LEAVES } from './condition/condition.schema';
export { scoringModelSchema, signalKindSchema } from './model/model.schema';
export type { Crossing, DecayStrategy, PointsCourse } from './engagement/points.course';
export type { DecaySettings, FitCriterion, ScoringModel, SignalDefinition, SignalGroup } from './model/model.schema';
export { DAY_MS } from './profile';
export type { DayBucket, DayCount, LeadAttributes, LifecycleTrace, Profile, ScoringEvent, UsageState } from './profile';
export type {
  Contribution,
  EngagementScore,
  EngagementState,
  FitReason,
  FitScore,
  FitVerdict,
  ForecastCrossing,
  Grade,
  Lifecycle,
  LifecycleStage,
  PriorityScore,
  Score,
  Spike,
  SpikeCause,
  TrendDirection,
  UsageLevel,
  UsageScore,
} from './score';
export { compileCondition, leavesOf } from './condition/condition.compile';
export type { Predicate } from './condition/condition.compile';
export {
  attributeLeafProblem,
  compileAttributeMatcher,
  compileEventMatcher,
  eventLeafProblem,
  pagePathOf,
} from './condition/condition.matcher';
export { conditionWords } from './condition/condition.words';
export type { LeafWording } from './condition/condition.words';
export { compareLeaf } from './condition/leaf.compare';
export { compilePath, readPath } from './condition/path.read';
export { bucketsOf } from './engagement/signal.fold';
export type { SignalShare } from './engagement/signal.fold';
export { contributionsAt, roundContributions } from './engagement/engagement.explain';
export {
  bandIndexOf,
  bandOf,
  courseBandCrossingAt,
  courseLineAt,
  crossingAt,
  engagementPointsAt,
  engagementRank,
  fallsBelowAt,
  hasStaticRank,
  nextBandCrossingAt,
  nextEngagementChangeAt,
  pointsAt,
  pointsOfScore,
  rankOfPoints,
  ranksExactUntil,
  scoreCrossingAt,
  scoreOfPoints,
} from './engagement/engagement.rank';
export type { RankLine } from './engagement/engagement.rank';
export {
  clusteredScoreOf,
  publishedFormOf,
  publishedValueAt,
  refreshAt,
  tenPointScoreOf,
  unclusteredScoreOf,
} from './engagement/published.score';
export type { PublishedScore, Refresh } from './engagement/published.score';
export { hubSpotModel } from './preset/hubspot.preset';
export { webEngageIssues, webEngageModel, webEngageSettingsSchema } from './preset/webengage.preset';
export type { WebEngageSettings } from './preset/webengage.preset';
export { nextSpikeChangeAt, spikeAt } from './engagement/engagement.spike';
export { SpikeWatch } from './engagement/spike.watch';
export { nextTrendChangeAt, trendAt } from './engagement/engagement.trend';
export type { Trend } from './engagement/engagement.trend';
export { DraftComparison, draftEffect } from './draft-effect/draft.effect';
export type { DraftEffect, DraftEffectSettings, DraftLead, DraftSample } from './draft-effect/draft.effect';
export type { LeadPlace } from './draft-effect/lead.place';
export type { ValueCount, ValueEffect, ValueMove } from './draft-effect/value.tally';
export { accountScoreAt } from './account/account.rollup';
export type { AccountPerson, AccountScore, BandCount, BestContact } from './account/account.rollup';
export { emailDomainsOf, isFreeMail } from './fit/email.domain';
export { excludedDomainsCriterion, freeMailCriterion, seniorityCriterion } from './fit/fit.criteria';
export { fitOf, fitVerdictOf, gradeOf } from './fit/fit.score';
export { seniorityLevels, seniorityOf, seniorityRankOf } from './fit/title.seniority';
export type { Seniority } from './fit/title.seniority';
export { modelDifferences } from './model-document/model.difference';
export type { ModelDifference } from './model-document/model.difference';
export { defaultModel } from './model/default.model';
export { compileModel } from './model/model.compile';
export type { CompiledModel, CompiledSignal } from './model/model.compile';
export { InvalidModelError, modelIssues } from './model/model.validate';
export type { ModelIssue } from './model/model.check';
export { engagementForPriority, priorityOf, priorityValue } from './priority/priority.score';
export { applyEvents, emptyProfile, profileWith } from './profile/profile.apply';
export { PackReader } from './packing/pack.reader';
export { PackWriter } from './packing/pack.writer';
export { packProfile, unpackProfile } from './packing/profile.packing';
export { engagementAt, scoreAt } from './score.compute';
export type { ScoreInput } from './score.compute';
export { pruneProfile } from './usage/usage.apply';
export { baselineOf, sinceBaseline } from './score.baseline';
export type { Baseline, SinceBaseline } from './score.baseline';
export { dailyCountsOf } from './usage/event.counts';
export type { DailyCounts } from './usage/event.counts';
export { lifecycleAt, nextLifecycleChangeAt } from './usage/lifecycle.read';
export { tierFunnelOf } from './usage/tier.funnel';
export type { TierFunnel, TierMove } from './usage/tier.funnel';
export { proposedCutOffs } from './usage/tier.proposal';
export { featureLevelsAt, featuresEngaged, nextLevelChangeAt, productTiersAt } from './usage/usage.levels';
export {
  nextTierChangeAt,
  nextUsageChangeAt,
  tierOf,
  usageAt,
  usageCountAt,
  usageFallsBelowAt,
} from './usage/usage.read';
export { engagementBandShares, proposeBands, usageTierShares } from './calibration/band.proposal';
export type { BandProposal, BandShare, ProposedBand } from './calibration/band.proposal';
export { calibrationReport } from './calibration/calibration.report';
export type { CalibrationReport, CellRow } from './calibration/calibration.report';
export { scoredBeforeDecision, signalFeatures } from './calibration/decided.lead';
export type { DecidedLead } from './calibration/decided.lead';
export { conversionBy, groupBy } from './calibration/conversion.table';
export type { ConversionRow, ConversionTable } from './calibration/conversion.table';
export { conversionByDecile } from './calibration/decile.table';
export type { DecileRow } from './calibration/decile.table';
export { FEWEST_PER_ROW } from './calibration/lead.outcome';
export type { Interval, Outcome, ScoredLead } from './calibration/lead.outcome';
export type { FitSteps } from './calibration/fit.steps';
export { fittedModel, fittingModel } from './calibration/model.draft';
export type { FeatureOutcome, FeatureRefusal, FittedModel } from './calibration/model.draft';
export { rankAuc } from './calibration/rank.auc';
export type { RankAuc, RankedOutcome } from './calibration/rank.auc';
export type { DraftWeight, PointsRounding, WeightFeature, WeightsDraft } from './calibration/weights.draft';
export {
  draftPointsOf,
  FEWEST_CONVERSIONS,
  FEWEST_CONVERSIONS_PER_FEATURE,
  fitWeights,
} from './calibration/weights.fit';
export type { FeatureRow, FitRefusal, FitSample, WeightsFit, WeightsRequest } from './calibration/weights.fit';
export { wilsonInterval } from './calibration/wilson.interval';

import type { LeadAttributes, ScoringEvent } from '../profile';
import { emailDomainsOf, isFreeMail } from '../fit/email.domain';
import { type Seniority, seniorityOf, seniorityRankOf } from '../fit/title.seniority';
import type { Condition, ConditionLeaf, Truth } from './condition';
import { compileCondition, type Predicate } from './condition.compile';
import { compareLeaf, rememberedNormal } from './leaf.compare';
import { compilePath } from './path.read';

/** What a fact reads from its subject. Facts that hold records need the leaf's `path`. */
interface PlainFact<S> {
  needsPath: boolean;
  reader: (path: string) => (subject: S) => unknown;
}
type FactTable<S> = ReadonlyMap<string, PlainFact<S>>;

const eventFacts: FactTable<ScoringEvent> = new Map<string, PlainFact<ScoringEvent>>([
  ['event.type', { needsPath: false, reader: () => (event) => event.type }],
  ['event.name', { needsPath: false, reader: () => (event) => event.name }],
  ['event.property', { needsPath: true, reader: (path) => over(compilePath(path), (event) => event.properties) }],
  ['event.context', { needsPath: true, reader: (path) => over(compilePath(path), (event) => event.context) }],
  ['event.pagePath', { needsPath: false, reader: () => pagePathOf }],
]);

const attributeFacts: FactTable<LeadAttributes> = new Map<string, PlainFact<LeadAttributes>>([
  ['lead.trait', { needsPath: true, reader: (path) => over(compilePath(path), (lead) => lead.traits) }],
  // The address's domain and those above it: one fitting entry is enough.
  ['lead.emailDomain', { needsPath: false, reader: () => (lead) => emailDomainsOf(lead.traits['email']) }],
  ['lead.hasFreeMail', { needsPath: false, reader: () => (lead) => isFreeMail(lead.traits['email']) }],
  ['lead.seniority', { needsPath: false, reader: () => seniorityOfLead }],
  ['lead.seniorityRank', { needsPath: false, reader: () => seniorityRankOfLead }],
  ['account.trait', { needsPath: true, reader: (path) => over(compilePath(path), (lead) => lead.accountTraits) }],
]);

function seniorityOfLead({ traits }: LeadAttributes): Seniority | null {
  return seniorityOf(traits['title'] ?? traits['jobTitle'] ?? traits['job_title']);
}

function seniorityRankOfLead(lead: LeadAttributes): number | undefined {
  const seniority = seniorityOfLead(lead);
  return seniority === null ? undefined : seniorityRankOf(seniority);
}

const readContextPath = compilePath('page.path');
const readContextUrl = compilePath('page.url');

function over<S>(read: (record: Record<string, unknown>) => unknown, pick: (subject: S) => Record<string, unknown>) {
  return (subject: S): unknown => read(pick(subject));
}

/** Path of the page an event happened on: from properties.path, properties.url, context.page.path or context.page.url. */
export function pagePathOf(event: ScoringEvent): string | undefined {
  const { properties, context } = event;
  return (
    pathOf(properties['path']) ??
    pathOf(properties['url']) ??
    pathOf(readContextPath(context)) ??
    pathOf(readContextUrl(context))
  );
}

/** `https://acme.com/pricing/?a=b#c` and `/pricing/?a=b` both give `/pricing/`. */
function pathOf(address: unknown): string | undefined {
  if (typeof address !== 'string' || address === '') return undefined;
  const hasHost = !address.startsWith('/') || address.startsWith('//');
  const afterHost = hasHost ? address.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i, '') : address;
  const end = afterHost.search(/[?#]/);
  return (end < 0 ? afterHost : afterHost.slice(0, end)) || '/';
}

function compileOver<S>(tree: Condition, facts: FactTable<S>): Predicate<S> {
  const normal = rememberedNormal();
  return compileCondition(tree, (leaf) => {
    const problem = leafProblem(leaf, facts);
    const fact = facts.get(leaf.fact);
    if (problem !== null || fact === undefined) throw new TypeError(problem ?? `Unknown fact "${leaf.fact}".`);
    const read = fact.reader(leaf.path ?? '');
    const compare = compareLeaf(leaf, normal);
    return (subject) => compare(read(subject));
  });
}

function leafProblem<S>(leaf: ConditionLeaf, facts: FactTable<S>): string | null {
  const fact = facts.get(leaf.fact);
  if (fact === undefined)
    return `The fact "${leaf.fact}" is not known here; known are ${[...facts.keys()].join(', ')}.`;
  if (fact.needsPath && leaf.path === undefined) return `The fact "${leaf.fact}" needs a path.`;
  if (!fact.needsPath && leaf.path !== undefined) return `The fact "${leaf.fact}" takes no path.`;
  if (leaf.signals !== undefined) return `The fact "${leaf.fact}" takes no signals.`;
  if (leaf.forDays !== undefined) return 'A duration ("forDays") is possible in rules only.';
  return null;
}

/** What is wrong with a leaf that is to match events; null when nothing is. */
export function eventLeafProblem(leaf: ConditionLeaf): string | null {
  return leafProblem(leaf, eventFacts);
}

/** What is wrong with a leaf that is to match a lead's attributes; null when nothing is. */
export function attributeLeafProblem(leaf: ConditionLeaf): string | null {
  return leafProblem(leaf, attributeFacts);
}

/**
 * Compiles a condition over events: facts `event.type`, `event.name`, `event.property`, `event.context`,
 * `event.pagePath`. An event of which the condition cannot be decided does not match.
 * Throws TypeError for a leaf that is not about events.
 */
export function compileEventMatcher(tree: Condition): (event: ScoringEvent) => boolean {
  const predicate = compileOver(tree, eventFacts);
  return (event) => predicate(event) === true;
}

/**
 * Compiles a condition over a lead's attributes: facts `lead.trait` and `account.trait`, and what follows from them:
 * `lead.emailDomain` (with the domains above it), `lead.hasFreeMail`, `lead.seniority`, `lead.seniorityRank`.
 * Throws TypeError for a leaf that is about anything else.
 */
export function compileAttributeMatcher(tree: Condition): (attributes: LeadAttributes) => Truth {
  return compileOver(tree, attributeFacts);
}

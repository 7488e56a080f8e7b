import { PackReader, packProfile, PackWriter, unpackProfile } from '@rekindle/scoring';
import type { DueMoment, LeadState, TriggerState } from './lead-state';

/** A lead's state as it is stored: some hundred bytes of JSON, read by {@link decodeLeadState} alone. Nothing is lost. */
export function encodeLeadState(state: LeadState): string {
  const writer = new PackWriter();
  packProfile(writer, state.profile);
  writer.putSignedOrNull(state.clock);
  writer.putSignedOrNull(state.checkedAt);
  writer.putNameOrNull(state.tier);
  writer.putNameOrNull(state.firstTier);
  writer.putNameOrNull(state.band);
  putDue(writer, state.due);
  const triggers = Object.entries(state.triggers);
  writer.put(triggers.length);
  for (const [rule, trigger] of triggers) {
    writer.putName(rule);
    putTrigger(writer, trigger);
  }
  return writer.text();
}

/** The state {@link encodeLeadState} wrote. Throws RangeError for a text in another form. */
export function decodeLeadState(text: string): LeadState {
  const reader = new PackReader(text);
  const profile = unpackProfile(reader);
  const clock = reader.takeSignedOrNull();
  const checkedAt = reader.takeSignedOrNull();
  const tier = reader.takeNameOrNull();
  const firstTier = reader.takeNameOrNull();
  const band = reader.takeNameOrNull();
  const due = takeDue(reader);
  const triggers: Record<string, TriggerState> = {};
  for (let rest = reader.take(); rest > 0; rest -= 1) triggers[reader.takeName()] = takeTrigger(reader);
  return { profile, clock, checkedAt, triggers, tier, firstTier, band, due };
}

/** The model's version plus one; 0: not worked out. */
function putDue(writer: PackWriter, due: DueMoment | null): void {
  writer.put(due === null ? 0 : due.modelVersion + 1);
  if (due !== null) writer.putSignedOrNull(due.at);
}

function takeDue(reader: PackReader): DueMoment | null {
  const version = reader.take();
  return version === 0 ? null : { at: reader.takeSignedOrNull(), modelVersion: version - 1 };
}

function putTrigger(writer: PackWriter, { ruleVersion, isOn, firings, lastFiredAt, heldSince }: TriggerState): void {
  writer.put(2 * ruleVersion + (isOn ? 1 : 0));
  writer.put(firings);
  writer.putSignedOrNull(lastFiredAt);
  const held = Object.entries(heldSince);
  writer.put(held.length);
  for (const [leaf, since] of held) {
    writer.putName(leaf);
    writer.putSigned(since);
  }
}

function takeTrigger(reader: PackReader): TriggerState {
  const version = reader.take();
  const firings = reader.take();
  const lastFiredAt = reader.takeSignedOrNull();
  const heldSince: Record<string, number> = {};
  for (let rest = reader.take(); rest > 0; rest -= 1) heldSince[reader.takeName()] = reader.takeSigned();
  return { ruleVersion: Math.floor(version / 2), isOn: version % 2 === 1, firings, lastFiredAt, heldSince };
}

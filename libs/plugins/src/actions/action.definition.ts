import type { SpikeCause } from '@rekindle/scoring';
import type { z } from 'zod';

/** A rule fired for a lead: what an action is run with. Instants are epoch ms. */
export interface Firing {
  id: string;
  ruleKey: string;
  ruleName: string;
  /** The exact instant of the crossing. */
  at: number;
  /** Engagement score (0–100) at that instant. */
  score: number;
  causes: readonly SpikeCause[];
  lead: FiringLead;
  /** What the model's priority matrix advises. */
  nextStep: string;
}

/** Whom a firing is about. */
export interface FiringLead {
  id: string;
  name: string | null;
  email: string | null;
  owner: string | null;
  accountName: string | null;
}

/** What an action writes for sales to read. */
export interface AlertDraft {
  title: string;
  /** One sentence that says who, how high and why. */
  sentence: string;
  /** Also as a mail, to the lead's owner or else to the workspace's queue. */
  isMailed: boolean;
}

/** All that an action can do to the world. What it does takes effect together with the mark that it was done. */
export interface ActionContext {
  raiseAlert(draft: AlertDraft): Promise<void>;
  startSequence(key: string): Promise<void>;
}

/** One action that rules may ask for. `settings` describe what a rule says about it, and are checked before `run`. */
export interface ActionDefinition<Settings extends z.ZodType = z.ZodType> {
  key: string;
  label: string;
  settings: Settings;
  run(context: ActionContext, firing: Firing, settings: z.output<Settings>): Promise<void>;
}

/** An action whose settings have become any JSON value again, so that all actions fit one list. */
export interface RunnableAction {
  key: string;
  label: string;
  settings: z.ZodType;
  /** Throws a `ZodError` where the settings do not fit. */
  run(context: ActionContext, firing: Firing, settings: unknown): Promise<void>;
}

/** Closes over the type of an action's settings. */
export function defineAction<Settings extends z.ZodType>(definition: ActionDefinition<Settings>): RunnableAction {
  const { key, label, settings } = definition;
  return {
    key,
    label,
    settings,
    run: (context, firing, given) => definition.run(context, firing, settings.parse(given)),
  };
}

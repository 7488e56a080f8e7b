import type { SpikeCause } from '@rekindle/scoring';
import { z } from 'zod';
import { defineAction, type Firing } from './action.definition';

function nameOf({ lead }: Firing): string {
  const name = lead.name ?? lead.email ?? 'An unknown visitor';
  return lead.accountName === null ? name : `${name} (${lead.accountName})`;
}

function causeText({ label, count }: SpikeCause): string {
  const [first = '', second = ''] = label;
  const isAcronym = second !== '' && second === second.toUpperCase() && second !== second.toLowerCase();
  const text = isAcronym ? label : first.toLowerCase() + label.slice(1);
  return count > 1 ? `${text} ×${count}` : text;
}

/** Such as "Ann Lee (Acme) rose to 72: pricing page ×2, case study". */
export function alertSentence(firing: Firing): string {
  const head = `${nameOf(firing)} rose to ${Math.round(firing.score)}`;
  return firing.causes.length === 0 ? head : `${head}: ${firing.causes.map(causeText).join(', ')}`;
}

/** Tells sales about a lead: in the app, and by mail to its owner. */
export const salesAlert = defineAction({
  key: 'sales-alert',
  label: 'Alert sales',
  settings: z.strictObject({ title: z.string().min(1).max(120), emailOwner: z.boolean().default(false) }),
  run: (context, firing, settings) =>
    context.raiseAlert({ title: settings.title, sentence: alertSentence(firing), isMailed: settings.emailOwner }),
});

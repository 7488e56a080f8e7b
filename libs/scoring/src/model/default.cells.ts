import type { ScoringModel } from './model.schema';

/** Priority cells of the default model: fit grade A–D by engagement high (1), medium (2), low (3), no score (4). */
export const defaultCells: ScoringModel['priority']['cells'] = {
  A1: { label: 'Call now', nextStep: 'Call today; mention what they looked at last.' },
  A2: { label: 'Work actively', nextStep: 'Send a personal e-mail and propose a meeting.' },
  A3: { label: 'Different approach', nextStep: 'Good fit, little interest: try another contact or another topic.' },
  A4: { label: 'Open the door', nextStep: 'Good fit, never active: research and reach out in person.' },
  B1: { label: 'Call this week', nextStep: 'Call within two days; check budget and need.' },
  B2: { label: 'Nurture actively', nextStep: 'Send a case study of their industry.' },
  B3: { label: 'Re-engage', nextStep: 'Start the re-engagement sequence.' },
  B4: { label: 'Introduce', nextStep: 'Start the welcome sequence.' },
  C1: { label: 'Qualify first', nextStep: 'Ask about role and company before spending more time.' },
  C2: { label: 'Nurture', nextStep: 'Keep in the newsletter; watch for a spike.' },
  C3: { label: 'Low touch', nextStep: 'Automated mail only.' },
  C4: { label: 'Wait', nextStep: 'Nothing until they act.' },
  D1: { label: 'Curious, poor fit', nextStep: 'Do not call; offer self-service.' },
  D2: { label: 'Poor fit', nextStep: 'Automated mail only.' },
  D3: { label: 'Leave', nextStep: 'No effort.' },
  D4: { label: 'Ignore', nextStep: 'No effort.' },
};

const NEAREST_COLUMNS = 3;

/**
 * Cells for any number of bands: the top one as the default's high, the last as its low, those in between as its medium,
 * and "no score" as its last.
 */
export function cellsFor(bandCount: number): ScoringModel['priority']['cells'] {
  const columns = Array.from({ length: bandCount + 1 }, (_, index) => ({
    number: index + 1,
    like: likeOf(index, bandCount),
  }));
  return Object.fromEntries(
    ['A', 'B', 'C', 'D'].flatMap((grade) =>
      columns.map(({ number, like }) => [
        `${grade}${number}`,
        defaultCells[`${grade}${like}`] ?? { label: `${grade}${number}`, nextStep: '' },
      ]),
    ),
  );
}

function likeOf(index: number, bandCount: number): number {
  if (index === 0) return 1;
  if (index === bandCount) return NEAREST_COLUMNS + 1;
  return index === bandCount - 1 ? NEAREST_COLUMNS : 2;
}

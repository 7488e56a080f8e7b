/** How warm something is, for colour; words always stand beside it. */
export type Tone = 'hot' | 'warm' | 'cool' | 'none';

const tones: readonly Tone[] = ['hot', 'warm', 'cool'];

/** Tone of a band by its place from the top; whatever lies below the third is cool, no band is none. */
export function bandTone(bands: readonly { key: string }[], band: string | null): Tone {
  const index = bands.findIndex((candidate) => candidate.key === band);
  if (index < 0) return 'none';
  return tones[Math.min(index, tones.length - 1)] ?? 'cool';
}

/** Tone of a priority cell such as `A1`: its number is the band's place, grade D never burns. */
export function cellTone(cell: string): Tone {
  const place = Number.parseInt(cell.slice(1), 10);
  if (Number.isNaN(place) || place > tones.length) return 'none';
  const tone = tones[place - 1] ?? 'none';
  return cell.startsWith('D') && tone !== 'none' ? 'cool' : tone;
}

/** Levels of responsibility, from the lowest up. The position is the rank. */
export const seniorityLevels = [
  'trainee',
  'individual',
  'senior',
  'manager',
  'director',
  'vice-president',
  'chief',
  'owner',
] as const;
export type Seniority = (typeof seniorityLevels)[number];

/** Words of a title that tell a level; the first level of the list with a word in the title has it. */
const words: readonly (readonly [Seniority, readonly string[]])[] = [
  ['owner', ['owner', 'founder', 'cofounder', 'inhaber', 'inhaberin', 'proprietor']],
  ['vice-president', ['vice president', 'vp', 'svp', 'evp', 'avp']],
  [
    'chief',
    [
      ...['ceo', 'cto', 'cfo', 'coo', 'cmo', 'cro', 'cio', 'cpo', 'cdo', 'cso', 'ciso', 'chro', 'chief', 'president'],
      ...['managing director', 'vorstand', 'geschäftsführer', 'geschäftsführerin'],
    ],
  ],
  ['director', ['director', 'head', 'leiter', 'leiterin', 'bereichsleiter', 'bereichsleiterin']],
  [
    'trainee',
    ['intern', 'internship', 'trainee', 'student', 'apprentice', 'praktikant', 'praktikantin', 'werkstudent', 'azubi'],
  ],
  ['manager', ['manager', 'lead', 'supervisor', 'teamleiter', 'teamleiterin']],
  ['senior', ['senior', 'sr', 'principal', 'staff']],
];

/** Titles that hold a word without the level. What follows "assistant to" is somebody else's title. */
const misleading = [/ (product|process|data|risk) owner(?= )/g, / lead gen(eration)?(?= )/g];
const somebodyElse = / (assistant to|pa to|ea to|office of|reports to|reporting to) .*/;

/**
 * The level of responsibility a job title tells, by whole words in English and some German; a title with none of them is
 * an individual's. Null without a title.
 */
export function seniorityOf(title: unknown): Seniority | null {
  if (typeof title !== 'string') return null;
  const plain = ` ${title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  if (plain.trim() === '') return null;
  const own = misleading.reduce((text, pattern) => text.replace(pattern, ' '), plain).replace(somebodyElse, ' ');
  const found = words.find(([, candidates]) => candidates.some((word) => own.includes(` ${word} `)));
  return found?.[0] ?? 'individual';
}

/** Rank of a level, 0 the lowest: for "at least a director". */
export function seniorityRankOf(seniority: Seniority): number {
  return seniorityLevels.indexOf(seniority);
}

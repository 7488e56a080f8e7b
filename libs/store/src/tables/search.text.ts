/** What a search looks through: the texts, folded so that case and width of letters make no difference. */
export const searchTextOf = (texts: readonly (string | null)[]): string =>
  texts
    .filter((text) => text !== null && text !== '')
    .join('\n')
    .normalize('NFKC')
    .toLowerCase();

/** A LIKE pattern (escape character `\`) that finds `text` anywhere, taking `%` and `_` as themselves. */
export const likePatternOf = (text: string): string =>
  `%${searchTextOf([text]).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

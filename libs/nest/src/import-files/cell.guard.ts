/** What a spreadsheet takes for a formula, also in its full-width forms. */
const guarded = /^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/;

/** Takes the apostrophe off again that exports put before what a spreadsheet would run as a formula. */
export function withoutGuard(cell: string): string {
  return cell.replace(guarded, '');
}

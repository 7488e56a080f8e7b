/** Stable codes of `MailError`. */
export type MailErrorCode =
  | 'address_invalid'
  | 'header_invalid'
  | 'smtp_url_invalid'
  | 'template_unknown'
  | 'template_too_large'
  | 'template_syntax'
  | 'template_not_allowed'
  | 'template_unsafe_markup'
  | 'template_missing_data'
  | 'template_output_too_large';

/** Where a template is at fault; lines and columns start at 1 and 0, as Handlebars counts them. */
export interface TemplatePosition {
  line: number;
  column: number;
}

interface MailErrorDetails {
  cause?: unknown;
  position?: TemplatePosition;
  missing?: readonly string[];
}

/**
 * The one error of this library. Somebody has to change an address, a template or a setting: retrying does not help.
 * `missing` names the values a template needed and did not get (`template_missing_data`): hold the mail, do not send.
 */
export class MailError extends Error {
  readonly code: MailErrorCode;
  readonly position: TemplatePosition | undefined;
  readonly missing: readonly string[];

  constructor(code: MailErrorCode, message: string, details: MailErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'MailError';
    this.code = code;
    this.position = details.position;
    this.missing = details.missing ?? [];
  }
}

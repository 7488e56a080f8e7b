import { Inject, Injectable } from '@nestjs/common';
import { signToken, tokenKeyOf, verifyToken, type LinkPurpose, type TokenKey } from '@rekindle/mail';
import { LEAD_SCORING_OPTIONS, type LeadScoringOptions } from '../lead-scoring.options';

/** What a link in a mail points at: a stored link for `click`, a message for the rest. */
export interface LinkTarget {
  workspaceId: string;
  id: string;
}

const paths: Record<LinkPurpose, string> = { click: 'c', open: 'e', unsubscribe: 'u' };
const targetForm = /^([0-9a-f]{32})([0-9a-f]{32})$/;

const packed = (uuid: string): string => uuid.replaceAll('-', '');
const unpacked = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Addresses of links in mail: opaque, signed, and without anybody's name or address. */
@Injectable()
export class LinkTokens {
  private readonly key: TokenKey;
  private readonly publicUrl: string;

  constructor(@Inject(LEAD_SCORING_OPTIONS) options: LeadScoringOptions) {
    this.key = tokenKeyOf(options.secretKey);
    this.publicUrl = options.publicUrl.replace(/\/+$/, '');
  }

  /** Where a link leads that leads nowhere: a page of ours that says so. */
  get neutralPage(): string {
    return `${this.publicUrl}/${paths.click}`;
  }

  /** Token in two path segments: routers of hosts refuse a parameter of more than 100 characters. */
  urlOf(purpose: LinkPurpose, target: LinkTarget): string {
    const token = signToken(this.key, purpose, packed(target.workspaceId) + packed(target.id));
    const cut = token.lastIndexOf('.');
    return `${this.publicUrl}/${paths[purpose]}/${token.slice(0, cut)}/${token.slice(cut + 1)}`;
  }

  /** Null for a token (both segments, with a dot between them) that we did not sign for this purpose. */
  targetOf(purpose: LinkPurpose, token: string): LinkTarget | null {
    const match = targetForm.exec(verifyToken([this.key], purpose, token) ?? '');
    const [, workspaceId, id] = match ?? [];
    return workspaceId && id ? { workspaceId: unpacked(workspaceId), id: unpacked(id) } : null;
  }
}

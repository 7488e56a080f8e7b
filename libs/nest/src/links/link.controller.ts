import { Get, Param, Post, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Access } from '../credentials/access.decorator';
import { headerOf, type IncomingRequest } from '../credentials/request.reader';
import { ApiController, Describe } from '../openapi/route.decorator';
import { neutralPage, pageHeaders, pixel, unknownLinkPage, unsubscribedPage, unsubscribePage } from './link.pages';
import { LinkService, type Visitor } from './link.service';

/** What a link holds after its first letter. */
interface TokenParts {
  target: string;
  signature: string;
}

function visitorOf(request: IncomingRequest): Visitor {
  return { isHead: request.method === 'HEAD', userAgent: headerOf(request, 'user-agent') ?? '' };
}

const tokenOf = ({ target, signature }: TokenParts): string => `${target}.${signature}`;

interface Answer {
  status: number;
  body: string | Buffer;
  headers: Readonly<Record<string, string>>;
}

const pixelHeaders = {
  'content-type': 'image/gif',
  'cache-control': 'no-store, private',
  'x-content-type-options': 'nosniff',
};
const html = (status: number, body: string): Answer => ({ status, body, headers: pageHeaders });

/** Links in our mails. Anybody may follow them; a HEAD, as scanners send it, counts for nothing. */
@ApiController('')
@Access('public')
export class LinkController {
  constructor(
    private readonly links: LinkService,
    private readonly host: HttpAdapterHost,
  ) {}

  @Get('c/:target/:signature')
  @Describe({ summary: 'Follow a link of a mail', problems: [404], contentType: 'text/html' })
  async click(@Param() token: TokenParts, @Req() request: IncomingRequest, @Res() response: object): Promise<void> {
    const url = await this.links.follow(tokenOf(token), visitorOf(request));
    if (url === null) return this.send(response, html(404, unknownLinkPage));
    const { httpAdapter } = this.host;
    httpAdapter.setHeader(response, 'cache-control', 'no-store');
    httpAdapter.setHeader(response, 'referrer-policy', 'no-referrer');
    httpAdapter.redirect(response, 302, url);
  }

  @Get('c')
  @Describe({ summary: 'Where links lead that people do not see', contentType: 'text/html' })
  nothing(@Res() response: object): void {
    this.send(response, html(200, neutralPage));
  }

  @Get('e/:target/:signature')
  @Describe({ summary: 'Load the open pixel of a mail', problems: [404], contentType: 'image/gif' })
  async open(@Param() token: TokenParts, @Req() request: IncomingRequest, @Res() response: object): Promise<void> {
    const isKnown = await this.links.open(tokenOf(token), visitorOf(request));
    this.send(response, isKnown ? { status: 200, body: pixel, headers: pixelHeaders } : html(404, unknownLinkPage));
  }

  @Get('u/:target/:signature')
  @Describe({ summary: 'Show the page that unsubscribes; changes nothing', problems: [404], contentType: 'text/html' })
  async ask(@Param() token: TokenParts, @Res() response: object): Promise<void> {
    const isKnown = await this.links.isUnsubscribe(tokenOf(token));
    this.send(response, isKnown ? html(200, unsubscribePage) : html(404, unknownLinkPage));
  }

  @Post('u/:target/:signature')
  @Describe({ summary: 'Unsubscribe, with one click (RFC 8058)', problems: [404], contentType: 'text/html' })
  async unsubscribe(@Param() token: TokenParts, @Res() response: object): Promise<void> {
    const isKnown = await this.links.unsubscribe(tokenOf(token));
    this.send(response, isKnown ? html(200, unsubscribedPage) : html(404, unknownLinkPage));
  }

  private send(response: object, { status, body, headers }: Answer): void {
    const { httpAdapter } = this.host;
    for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
    httpAdapter.reply(response, body, status);
  }
}

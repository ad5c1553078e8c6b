import { Controller, Get, Header, HttpException, Param, Query, Req, Res } from '@nestjs/common';
import { RUNGS } from '@tallystick/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/access.decorators';
import { Config } from '../../platform/config/config';
import { Refused } from '../../platform/errors/refused';
import { ProjectQueries } from '../project/project.public';
import { html } from './html';
import {
  frame,
  homePage,
  openingPage,
  openingsPage,
  privacyPage,
  rateCardPage,
  styleSheet,
  termsPage,
} from './public-pages';

const HTML = 'text/html; charset=utf-8';
const FRESH = 'public, max-age=60, stale-while-revalidate=600';

/** Pages for everybody, drawn by the server, without JavaScript. */
@Controller()
export class TransparencyController {
  private readonly styles: string;

  constructor(
    private readonly config: Config,
    private readonly projects: ProjectQueries,
  ) {
    this.styles = styleSheet(config.webDir);
  }

  @Public()
  @Get()
  @Header('content-type', HTML)
  home(): string {
    return frame('Both sides hold the same record', this.styles, homePage());
  }

  @Public()
  @Get('rate-card')
  @Header('content-type', HTML)
  @Header('cache-control', FRESH)
  rateCard(): string {
    return frame('Rate card', this.styles, rateCardPage());
  }

  @Public()
  @Get('terms')
  @Header('content-type', HTML)
  terms(): string {
    return frame('Terms', this.styles, termsPage());
  }

  @Public()
  @Get('privacy')
  @Header('content-type', HTML)
  privacy(): string {
    return frame('Privacy', this.styles, privacyPage());
  }

  @Public()
  @Get('openings')
  @Header('content-type', HTML)
  @Header('cache-control', FRESH)
  async openings(@Query() query: Record<string, unknown>): Promise<string> {
    const text = (name: string) =>
      typeof query[name] === 'string' && query[name] !== '' ? query[name].slice(0, 200) : undefined;
    const rung = Object.keys(RUNGS).find((code) => code === text('rung'));
    const search = text('search');
    const found = await this.projects.publicOpenings({ rung, search }, { first: 20, after: text('after') });
    return frame('Open work', this.styles, openingsPage(found, { rung, search }));
  }

  @Public()
  @Get('openings/:id')
  async opening(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const opening = await this.projects.opening(request.actor, id);
      const status = opening.state === 'OPEN' || opening.state === 'FILLED' ? 200 : 410;
      await reply
        .code(status)
        .type(HTML)
        .send(frame(opening.title, this.styles, openingPage(opening, this.config.publicUrl)));
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof HttpException)) throw error;
      const body = html`<h1>Nothing is here</h1>
        <p>This work does not exist, or it is not public. <a href="/openings">See what is open.</a></p>`;
      await reply
        .code(404)
        .type(HTML)
        .send(frame('Nothing is here', this.styles, body));
    }
  }
}

import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { RUNGS, TASK_FAMILIES } from '@tallystick/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PublicPage } from '../../../../web/src/public/page-data';
import { Public } from '../../platform/access/access.decorators';
import { Config } from '../../platform/config/config';
import { Refused } from '../../platform/errors/refused';
import { PublicRenderer } from './public-renderer';
import { robots, sitemap } from './sitemap';
import { TransparencyQueries } from './transparency.queries';

type Asked = Record<string, unknown>;

/** Pages for everybody, drawn by the server, without JavaScript. */
@Controller()
export class TransparencyController {
  constructor(
    private readonly queries: TransparencyQueries,
    private readonly renderer: PublicRenderer,
    private readonly config: Config,
  ) {}

  @Public()
  @Get()
  async home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(request, reply, await this.queries.home());
  }

  @Public()
  @Get('rate-card')
  async rateCard(
    @Query() query: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = { rung: code(RUNGS, query.rung), taskFamily: code(TASK_FAMILIES, query.taskFamily) };
    await this.send(request, reply, await this.queries.rateCard(asked));
  }

  @Public()
  @Get('transparency')
  async report(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(request, reply, await this.queries.report());
  }

  @Public()
  @Get('terms')
  async terms(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(request, reply, await this.queries.plain('TERMS'));
  }

  @Public()
  @Get('privacy')
  async privacy(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(request, reply, await this.queries.plain('PRIVACY'));
  }

  @Public()
  @Get('openings')
  async openings(
    @Query() query: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const country = text(query.country)?.toUpperCase();
    const asked = {
      rung: code(RUNGS, query.rung),
      taskFamily: code(TASK_FAMILIES, query.taskFamily),
      search: text(query.search),
      country: country && /^[A-Z]{2}$/.test(country) ? country : undefined,
    };
    const cut = { after: text(query.after), before: text(query.before) };
    await this.send(request, reply, await this.queries.openings(asked, cut));
  }

  /** 410 once it is closed, so that search engines forget it. */
  @Public()
  @Get('openings/:id')
  async opening(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.queries.opening(id).catch((error: unknown) => {
      if (error instanceof Refused) return undefined;
      throw error;
    });
    if (!page) return this.nothing(request, reply);
    await this.send(request, reply, page, page.state === 'CLOSED' ? 410 : 200);
  }

  @Public()
  @Get('sitemap.xml')
  async sitemap(@Res() reply: FastifyReply): Promise<void> {
    const text = sitemap(this.config.publicUrl, await this.queries.sitemap());
    await reply
      .type('application/xml; charset=utf-8')
      .header('cache-control', 'public, max-age=600')
      .send(text);
  }

  @Public()
  @Get('robots.txt')
  async robots(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=600')
      .send(robots(this.config.publicUrl));
  }

  /** Any other address: our own page for people, JSON for programs. */
  @Public()
  @Get('*')
  async nothing(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!(request.headers.accept ?? '').includes('text/html'))
      throw new Refused('NOT_FOUND', 'There is nothing at this address.');
    await this.send(request, reply, await this.queries.plain('NOT_FOUND'), 404);
  }

  private async send(
    request: FastifyRequest,
    reply: FastifyReply,
    page: PublicPage,
    status = 200,
  ): Promise<void> {
    await this.renderer.send(request, reply, page, status);
  }
}

/** A value of a query, trimmed and not endless. */
function text(value: unknown): string | undefined {
  const given = typeof value === 'string' ? value.trim().slice(0, 400) : '';
  return given === '' || given.includes('\0') ? undefined : given;
}

/** A code of a list; anything else is as if it had not been asked. */
function code(list: object, value: unknown): string | undefined {
  const given = text(value);
  return given !== undefined && Object.hasOwn(list, given) ? given : undefined;
}

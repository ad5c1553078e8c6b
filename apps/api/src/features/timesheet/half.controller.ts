import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { CurrentPerson, Public, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { halfCsv, halfPdf } from './half-files';
import { HalfQueries } from './half.queries';
import { StatementKey } from '../billing/billing.public';

/** The two halves of a tally as files, and the keys that verify them. */
@Controller()
export class HalfController {
  constructor(
    private readonly halves: HalfQueries,
    private readonly key: StatementKey,
  ) {}

  /** Public keys of every signature that was ever made here (RFC 7517). */
  @Public()
  @Get('.well-known/jwks.json')
  async keys(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .header('content-type', 'application/jwk-set+json')
      .header('cache-control', 'public, max-age=300')
      .header('access-control-allow-origin', '*')
      .send(JSON.stringify(await this.key.publicKeys()));
  }

  @Requires('billing:read')
  @Get('statements/lab/engagements/:id/:file')
  lab(
    @CurrentPerson() person: Person,
    @Param('id') id: string,
    @Param('file') file: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send(person, 'lab', id, file, reply);
  }

  @Requires('payout:own')
  @Get('statements/expert/engagements/:id/:file')
  expert(
    @CurrentPerson() person: Person,
    @Param('id') id: string,
    @Param('file') file: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send(person, 'expert', id, file, reply);
  }

  private async send(
    person: Person,
    side: 'lab' | 'expert',
    id: string,
    file: string,
    reply: FastifyReply,
  ): Promise<void> {
    const ending = /^half\.(json|csv|pdf)$/.exec(file)?.[1];
    if (!ending) throw notFound('statement');
    const half = await this.halves.half(person, side, id);
    void reply
      .header('content-disposition', `attachment; filename="tallystick-${side}-${id}.${ending}"`)
      .header('cache-control', 'no-store');
    if (ending === 'json')
      await reply
        .header('content-type', 'application/json; charset=utf-8')
        .send(`${JSON.stringify(half, null, 1)}\n`);
    else if (ending === 'csv')
      await reply.header('content-type', 'text/csv; charset=utf-8').send(Readable.from(halfCsv(half)));
    else await reply.header('content-type', 'application/pdf').send(halfPdf(half));
  }
}

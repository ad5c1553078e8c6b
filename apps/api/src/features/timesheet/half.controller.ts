import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentPerson, Public, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { HalfQueries } from './half.queries';
import { StatementKey } from './statement-key';

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
  @Get('statements/lab/engagements/:id/half.json')
  async lab(
    @CurrentPerson() person: Person,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.json(person, 'lab', id, reply);
  }

  @Requires('payout:own')
  @Get('statements/expert/engagements/:id/half.json')
  async expert(
    @CurrentPerson() person: Person,
    @Param('id') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.json(person, 'expert', id, reply);
  }

  private async json(person: Person, side: 'lab' | 'expert', id: string, reply: FastifyReply): Promise<void> {
    const half = await this.halves.half(person, side, id);
    await reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="tallystick-${side}-${id}.json"`)
      .header('cache-control', 'no-store')
      .send(`${JSON.stringify(half, null, 1)}\n`);
  }
}

import { Readable } from 'node:stream';
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { BonusQueries } from './bonus.queries';

/** The file that a lab fills in to give bonuses. */
@Controller('bonuses')
export class BonusController {
  constructor(private readonly bonuses: BonusQueries) {}

  @Requires('billing:fund')
  @Get('template.csv')
  async template(@CurrentPerson() person: Person, @Res() reply: FastifyReply): Promise<void> {
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="bonuses.csv"')
      .header('cache-control', 'no-store')
      .send(Readable.from(this.bonuses.template(person)));
  }
}

import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { parseInput } from '../../platform/errors/refused';
import { sendCsv, sendPdf, STATEMENT_DAYS, type ChargeFilter } from '../billing/billing.public';
import { StatementQueries } from './statement.queries';

const Wanted = z.object({ ...STATEMENT_DAYS, engagementId: z.uuid().optional() });

/** Statements as files. */
@Controller('statements')
export class TimesheetController {
  constructor(private readonly statements: StatementQueries) {}

  @Requires('billing:read')
  @Get('lab.csv')
  lab(@CurrentPerson() person: Person, @Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.send(person, 'lab', query, reply);
  }

  @Requires('payout:own')
  @Get('expert.csv')
  expert(
    @CurrentPerson() person: Person,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.send(person, 'expert', query, reply);
  }

  @Requires('billing:read')
  @Get('lab.pdf')
  labPdf(
    @CurrentPerson() person: Person,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.sendPdf(person, 'lab', query, reply);
  }

  @Requires('payout:own')
  @Get('expert.pdf')
  expertPdf(
    @CurrentPerson() person: Person,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.sendPdf(person, 'expert', query, reply);
  }

  private async sendPdf(
    person: Person,
    side: 'lab' | 'expert',
    query: unknown,
    reply: FastifyReply,
  ): Promise<void> {
    const pdf = await this.statements.pdf(person, side, filterOf(query));
    await sendPdf(reply, `tallystick-${side}-statement.pdf`, pdf);
  }

  private async send(
    person: Person,
    side: 'lab' | 'expert',
    query: unknown,
    reply: FastifyReply,
  ): Promise<void> {
    const lines = this.statements.csv(person, side, filterOf(query));
    await sendCsv(reply, `tallystick-${side}-statement.csv`, lines);
  }
}

function filterOf(query: unknown): ChargeFilter {
  const { engagementId, ...days } = parseInput(Wanted, query);
  return { ...days, ...(engagementId && { engagementId }) };
}

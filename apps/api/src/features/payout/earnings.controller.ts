import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { notFound, parseInput } from '../../platform/errors/refused';
import { earningsCsv, earningsPdf } from './earnings-files';
import { EarningsStatementQueries } from './earnings-statement.queries';

const DAY_MS = 86_400_000;
const day = z.iso.date('write a day like 2026-11-30').transform((text) => new Date(`${text}T00:00:00Z`));
/** Both days are within the statement; they are UTC days. */
const Wanted = z.object({ from: day, to: day });

/** An expert's earnings over a period, as files. */
@Controller('statements/earnings')
export class EarningsController {
  constructor(private readonly earnings: EarningsStatementQueries) {}

  @Requires('payout:own')
  @Get(':file')
  async statement(
    @CurrentPerson() person: Person,
    @Param('file') file: string,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const ending = /^period\.(json|csv|pdf)$/.exec(file)?.[1];
    if (!ending) throw notFound('statement');
    const { from, to } = parseInput(Wanted, query);
    const statement = await this.earnings.statement(person, { from, to: new Date(to.getTime() + DAY_MS) });
    void reply
      .header('content-disposition', `attachment; filename="tallystick-earnings.${ending}"`)
      .header('cache-control', 'no-store');
    if (ending === 'pdf') await reply.header('content-type', 'application/pdf').send(earningsPdf(statement));
    else if (ending === 'csv')
      await reply
        .header('content-type', 'text/csv; charset=utf-8')
        .send(Readable.from(earningsCsv(statement)));
    else {
      const { period, sums, atBank, years } = statement;
      await reply
        .header('content-type', 'application/json; charset=utf-8')
        .send(
          JSON.stringify({ period, sums, atBank, years }, (_, value: unknown) =>
            typeof value === 'bigint' ? value.toString() : value,
          ),
        );
    }
  }
}

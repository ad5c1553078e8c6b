import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { parseInput } from '../../platform/errors/refused';
import { LabMoneyFiles } from './lab-money-files';
import { sendCsv, sendPdf, STATEMENT_DAYS } from './statement-files';

const Days = z.object(STATEMENT_DAYS);

/** Every movement of a lab's money, as files. */
@Controller('statements')
export class LabMoneyController {
  constructor(private readonly files: LabMoneyFiles) {}

  @Requires('billing:read')
  @Get('lab-money.csv')
  async csv(
    @CurrentPerson() person: Person,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendCsv(reply, 'tallystick-lab-money.csv', this.files.csv(person, parseInput(Days, query)));
  }

  @Requires('billing:read')
  @Get('lab-money.pdf')
  async pdf(
    @CurrentPerson() person: Person,
    @Query() query: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const pdf = await this.files.pdf(person, parseInput(Days, query));
    await sendPdf(reply, 'tallystick-lab-money.pdf', pdf);
  }
}

import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { invoicePdf } from './invoice-pdf';
import { InvoiceQueries } from './invoice.queries';

/** Invoices as files. */
@Controller('invoices')
export class InvoiceController {
  constructor(private readonly invoices: InvoiceQueries) {}

  @Requires('billing:read')
  @Get(':file')
  async pdf(
    @CurrentPerson() person: Person,
    @Param('file') file: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const id = /^([0-9a-f-]{36})\.pdf$/.exec(file)?.[1];
    if (id === undefined) throw notFound('invoice');
    const shown = await this.invoices.shown(person, id);
    await reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="${shown.invoice.number}.pdf"`)
      .header('cache-control', 'no-store')
      .send(invoicePdf(shown));
  }
}

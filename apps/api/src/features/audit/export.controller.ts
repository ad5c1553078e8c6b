import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { ExportListFile, type ExportFormat } from './use-cases/export-list';

/** Lists of the audit, to take away. */
@Controller('exports')
export class ExportController {
  constructor(private readonly exports: ExportListFile) {}

  /** `GET /exports/charges.csv?labId=...`: a ZIP archive of the rows and their manifest. */
  @Requires('audit:read')
  @Get(':file')
  async list(
    @CurrentPerson() person: Person,
    @Param('file') file: string,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, name, format] = /^([a-z-]+)\.(csv|jsonl)$/.exec(file) ?? [];
    if (name === undefined) throw notFound('list');
    const archive = await this.exports.run(person, name, format as ExportFormat, query);
    await reply
      .header('content-type', 'application/zip')
      .header('content-disposition', `attachment; filename="tallystick-${name}-${format}.zip"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(archive));
  }
}

import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { Refused } from '../../platform/errors/refused';
import { CredentialQueries } from './credential.queries';
import { AddEvidence } from './use-cases/add-evidence';

/** Evidence files in and out. */
@Controller('files/credential-evidence')
export class CredentialController {
  constructor(
    private readonly addEvidence: AddEvidence,
    private readonly queries: CredentialQueries,
  ) {}

  @Requires('credential:claim')
  @Post(':credentialId')
  async upload(
    @CurrentPerson() person: Person,
    @Param('credentialId') credentialId: string,
    @Req() request: FastifyRequest,
  ): Promise<{ id: string }> {
    if (request.headers['x-tallystick'] === undefined)
      throw new Refused('FOREIGN_REQUEST', 'This request did not come from the product itself.');
    const name = decodeURIComponent(String(request.headers['x-file-name'] ?? 'evidence'));
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    return {
      id: await this.addEvidence.run(person, credentialId, {
        name,
        mediaType: String(request.headers['content-type'] ?? ''),
        bytes,
      }),
    };
  }

  @Requires('account:use')
  @Get(':evidenceId')
  async download(
    @CurrentPerson() person: Person,
    @Param('evidenceId') evidenceId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { file, bytes } = await this.queries.file(person, evidenceId);
    await reply
      .header('content-type', file.mediaType)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
      .header('cache-control', 'no-store')
      .send(bytes);
  }
}

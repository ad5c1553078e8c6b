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
    if (isForeign(request))
      throw new Refused('FOREIGN_REQUEST', 'This request did not come from the product itself.');
    await this.queries.checkOwn(person, credentialId);
    return {
      id: await this.addEvidence.run(person, credentialId, {
        name: fileName(request),
        mediaType: (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
        bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
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

/** A form of another site can set neither of these: the header needs its consent, browsers set the other themselves. */
function isForeign(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'] ?? 'same-origin';
  return request.headers['x-tallystick'] === undefined || (site !== 'same-origin' && site !== 'none');
}

/** The name comes percent-encoded, since a header holds no other letters. */
function fileName(request: FastifyRequest): string {
  const given = String(request.headers['x-file-name'] ?? 'evidence');
  try {
    return decodeURIComponent(given);
  } catch {
    return given;
  }
}

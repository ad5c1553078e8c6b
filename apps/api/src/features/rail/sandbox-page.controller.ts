import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/access/access.decorators';
import { SandboxControl, type SandboxAnswer } from './sandbox-control';

/**
 * The sandbox's page for bank details at the product's own address: it is there wherever the product is, also behind a
 * proxy. Its address is the access, for five minutes. Not there where Stripe is set.
 */
@Controller('_sandbox/onboarding')
export class SandboxPageController {
  constructor(private readonly sandbox: SandboxControl) {}

  @Public()
  @Get(':token')
  async show(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await pass(reply, await this.sandbox.page('GET', token));
  }

  @Public()
  @Post(':token')
  async save(
    @Param('token') token: string,
    @Body() typed: Record<string, unknown> | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await pass(reply, await this.sandbox.page('POST', token, typed ?? {}));
  }
}

async function pass(reply: FastifyReply, { status, type, text, goesTo }: SandboxAnswer): Promise<void> {
  if (goesTo !== null) await reply.redirect(goesTo, 303);
  else await reply.code(status).type(type).header('cache-control', 'no-store').send(text);
}

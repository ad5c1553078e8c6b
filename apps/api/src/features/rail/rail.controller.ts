import { Controller, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/access.decorators';
import { notFound } from '../../platform/errors/refused';
import { WEBHOOK_ROUTES, type WebhookRoute } from './adapter/payment-rail';
import { ReceiveEvent } from './use-cases/receive-event';

/** Webhooks of the rail; each route has its own secret. The signature is the access. */
@Controller('webhooks/rail')
export class RailController {
  constructor(private readonly receive: ReceiveEvent) {}

  @Public()
  @Post(':route')
  @HttpCode(200)
  async event(
    @Param('route') route: string,
    @Headers('stripe-signature') signature: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<{ received: true }> {
    if (!WEBHOOK_ROUTES.some((known) => known === route)) throw notFound('page');
    await this.receive.run(route as WebhookRoute, request.rawBody ?? Buffer.alloc(0), signature ?? '');
    return { received: true };
  }
}

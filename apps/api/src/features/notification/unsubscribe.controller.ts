import { Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../platform/access/access.decorators';
import { SetMailSetting } from './use-cases/set-mail-setting';

/**
 * Ends mails without signing in: the one click of a mail program (RFC 8058) and the button of the page at the same address. Only
 * POST ends anything, for programs open every link of a mail to look at it.
 */
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(private readonly setting: SetMailSetting) {}

  @Public()
  @Post(':token')
  async end(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await this.setting.unsubscribe(token);
    await reply
      .code(200)
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-store')
      .send('You get no more emails about new work and candidates.\n');
  }
}

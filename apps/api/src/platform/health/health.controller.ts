import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { Public } from '../access/access.decorators';
import { system } from '../access/actor';
import { UnitOfWork } from '../prisma/unit-of-work';

/** Says to whoever runs the product whether this process lives and whether it can serve. */
@Controller('health')
export class HealthController {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  @Public()
  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  @Public()
  @Get('ready')
  async ready(): Promise<{ status: string }> {
    try {
      await this.unitOfWork.readAs(system('health'), async () => undefined);
      return { status: 'ready' };
    } catch {
      throw new ServiceUnavailableException({ status: 'waiting for the database' });
    }
  }
}

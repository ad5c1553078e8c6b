import { Injectable } from '@nestjs/common';
import { system } from '../../../platform/access/actor';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { keepWaitingMails } from '../notification.repository';

/** Mail to people who do not exist is kept and shown to admins, and never sent. For the demo world only. */
@Injectable()
export class KeepMail {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(): Promise<void> {
    await this.unitOfWork.run(system('mail'), { name: 'keep-mail' }, (tx) => keepWaitingMails(tx.db));
  }
}

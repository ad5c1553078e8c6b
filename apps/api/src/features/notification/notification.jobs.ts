import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { SendMail } from './use-cases/send-mail';

/** Jobs of the feature; registered in both processes, run by the worker. */
@Injectable()
export class NotificationJobs {
  constructor(registry: JobRegistry, sendMail: SendMail) {
    registry.add({
      queue: 'notification',
      name: 'send-mail',
      payload: z.object({ mailId: z.uuid() }),
      run: ({ mailId }) => sendMail.run(mailId),
    });
  }
}

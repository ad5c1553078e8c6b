import { Module } from '@nestjs/common';
import { NotificationJobs } from './notification.jobs';
import { NotificationQueries } from './notification.queries';
import { NotificationResolver } from './notification.resolver';
import { MarkNotificationsRead } from './use-cases/mark-notifications-read';
import { SendMail } from './use-cases/send-mail';

@Module({
  providers: [NotificationResolver, NotificationQueries, NotificationJobs, SendMail, MarkNotificationsRead],
})
export class NotificationModule {}

import { Module } from '@nestjs/common';
import { HomeQueries } from './home.queries';
import { HomeResolver } from './home.resolver';
import { LiveResolver } from './live.resolver';
import { NotificationJobs } from './notification.jobs';
import { NotificationQueries } from './notification.queries';
import { MailSettingResolver } from './mail-setting.resolver';
import { NotificationResolver } from './notification.resolver';
import { KeepMail } from './use-cases/keep-mail';
import { MarkNotificationsRead } from './use-cases/mark-notifications-read';
import { SendMail } from './use-cases/send-mail';
import { SetMailSetting } from './use-cases/set-mail-setting';
import { UnsubscribeController } from './unsubscribe.controller';

@Module({
  controllers: [UnsubscribeController],
  providers: [
    NotificationResolver,
    LiveResolver,
    HomeResolver,
    HomeQueries,
    NotificationQueries,
    NotificationJobs,
    SendMail,
    KeepMail,
    MarkNotificationsRead,
    MailSettingResolver,
    SetMailSetting,
  ],
})
export class NotificationModule {}

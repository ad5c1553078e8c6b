import { Module } from '@nestjs/common';
import { AccountModule } from './features/account/account.module';
import { NotificationModule } from './features/notification/notification.module';
import { PlatformModule } from './platform/platform.module';

/** Every feature, over the shared platform; what API, worker and commands have in common. */
export const FEATURES = [AccountModule, NotificationModule];

@Module({ imports: [PlatformModule, ...FEATURES], exports: [...FEATURES] })
export class FeaturesModule {}

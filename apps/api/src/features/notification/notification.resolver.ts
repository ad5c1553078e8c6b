import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import {
  MailConnection,
  Notification,
  NotificationConnection,
  type Mail,
} from './graphql/notification.model';
import { NotificationQueries } from './notification.queries';
import { MarkNotificationsRead } from './use-cases/mark-notifications-read';

@Resolver(() => Notification)
export class NotificationResolver {
  constructor(
    private readonly queries: NotificationQueries,
    private readonly markRead: MarkNotificationsRead,
  ) {}

  @Requires('notification:read')
  @Query(() => NotificationConnection, { description: "The signed-in person's notifications, newest first." })
  notifications(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<Notification>> {
    return this.queries.list(person, page);
  }

  @Requires('notification:read')
  @Query(() => Int, { description: "How many of the signed-in person's notifications are unread." })
  unreadNotificationCount(@CurrentPerson() person: Person): Promise<number> {
    return this.queries.unread(person);
  }

  @Requires('notification:read')
  @Mutation(() => Int, {
    description:
      'Marks notifications as read; those of others are left as they are. Returns how many stay unread.',
  })
  async markNotificationsRead(
    @CurrentPerson() person: Person,
    @Args('ids', { type: () => [ID], description: 'At most 100 ids.' }) ids: string[],
  ): Promise<number> {
    await this.markRead.run(person, { ids });
    return this.queries.unread(person);
  }

  @Requires('mail:read')
  @Query(() => MailConnection, { description: 'Mails that the product wrote, newest first; for admins.' })
  mails(@CurrentPerson() person: Person, @Args() page: PageArgs): Promise<Connection<Mail>> {
    return this.queries.mails(person, page);
  }
}

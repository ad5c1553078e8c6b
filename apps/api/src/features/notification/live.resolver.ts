import { Resolver, Subscription } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import type { LiveStream } from '../../platform/live/live-stream';
import { LiveUpdates } from '../../platform/live/live-updates';
import { Changed } from './graphql/live.model';

@Resolver(() => Changed)
export class LiveResolver {
  constructor(private readonly live: LiveUpdates) {}

  @Requires('notification:read')
  @Subscription(() => Changed, {
    description:
      'Tells that something which the signed-in person may see has changed, whoever changed it: read it again. At most one event in half a second. Served as server-sent events at POST /graphql/stream; ends with the session. Refuses with TOO_MANY_STREAMS.',
  })
  changed(@CurrentPerson() person: Person): Promise<LiveStream> {
    return this.live.open(person);
  }
}

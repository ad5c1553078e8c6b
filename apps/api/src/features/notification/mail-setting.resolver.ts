import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { MailSetting, MailSettingInput } from './graphql/mail-setting.model';
import { NotificationQueries } from './notification.queries';
import { SetMailSetting } from './use-cases/set-mail-setting';

@Resolver(() => MailSetting)
export class MailSettingResolver {
  constructor(
    private readonly queries: NotificationQueries,
    private readonly setting: SetMailSetting,
  ) {}

  @Requires('notification:read')
  @Query(() => MailSetting, {
    description: 'Which emails about new work and candidates the signed-in person gets.',
  })
  async mailSetting(@CurrentPerson() person: Person): Promise<MailSetting> {
    return this.queries.mailSetting(person);
  }

  @Requires('notification:read')
  @Mutation(() => Boolean, {
    description:
      'Sets which emails about new work and candidates the signed-in person gets. Those about their account and running work are sent in any case.',
  })
  async setMailSetting(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => MailSettingInput, description: 'What is wanted.' }) input: MailSettingInput,
  ): Promise<boolean> {
    await this.setting.run(person, input);
    return true;
  }
}

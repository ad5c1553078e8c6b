import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { MailSetting, MailSettingInput } from './graphql/mail-setting.model';
import { findMailSetting } from './mail-setting.repository';
import { SetMailSetting } from './use-cases/set-mail-setting';

/** What holds for who never set anything; the database has the same. */
const UNSET: MailSetting = { isDigestOn: false, digestHour: 7, isAlertOn: true };

@Resolver(() => MailSetting)
export class MailSettingResolver {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly setting: SetMailSetting,
  ) {}

  @Requires('notification:read')
  @Query(() => MailSetting, {
    description: 'Which emails about new work and candidates the signed-in person gets.',
  })
  async mailSetting(@CurrentPerson() person: Person): Promise<MailSetting> {
    const found = await this.unitOfWork.readAs(person, ({ db }) => findMailSetting(db, person.accountId));
    return found ?? UNSET;
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

import { Module } from '@nestjs/common';
import { ExpertQueries } from './expert.queries';
import { ExpertResolver } from './expert.resolver';
import { CreateExpert } from './use-cases/create-expert';
import { EditProfile } from './use-cases/edit-profile';
import { ImportResume } from './use-cases/import-resume';
import { VolunteerGroup } from './use-cases/volunteer-group';
import { VolunteeredGroupQueries } from './volunteered-group.queries';
import { VolunteeredGroupResolver } from './volunteered-group.resolver';

@Module({
  providers: [
    ExpertResolver,
    ExpertQueries,
    CreateExpert,
    EditProfile,
    ImportResume,
    VolunteeredGroupResolver,
    VolunteeredGroupQueries,
    VolunteerGroup,
  ],
  exports: [ExpertQueries],
})
export class ExpertModule {}

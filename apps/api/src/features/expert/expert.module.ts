import { Module } from '@nestjs/common';
import { ExpertJobs } from './expert.jobs';
import { ExpertQueries } from './expert.queries';
import { ExpertResolver } from './expert.resolver';
import { CreateExpert } from './use-cases/create-expert';
import { EditProfile } from './use-cases/edit-profile';
import { ImportResume } from './use-cases/import-resume';
import { AppealSuspension } from './use-cases/appeal-suspension';
import { ReviewSuspension } from './use-cases/review-suspension';
import { RunSuspensions } from './use-cases/run-suspensions';
import { SuspendExpert } from './use-cases/suspend-expert';
import { SuspensionQueries } from './suspension.queries';
import { SuspensionResolver } from './suspension.resolver';
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
    SuspensionResolver,
    SuspensionQueries,
    SuspendExpert,
    AppealSuspension,
    ReviewSuspension,
    RunSuspensions,
    ExpertJobs,
  ],
  exports: [ExpertQueries, RunSuspensions],
})
export class ExpertModule {}

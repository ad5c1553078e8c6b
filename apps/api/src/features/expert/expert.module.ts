import { Module } from '@nestjs/common';
import { ExpertQueries } from './expert.queries';
import { ExpertResolver } from './expert.resolver';
import { CreateExpert } from './use-cases/create-expert';
import { EditProfile } from './use-cases/edit-profile';
import { ImportResume } from './use-cases/import-resume';

@Module({
  providers: [ExpertResolver, ExpertQueries, CreateExpert, EditProfile, ImportResume],
  exports: [ExpertQueries],
})
export class ExpertModule {}

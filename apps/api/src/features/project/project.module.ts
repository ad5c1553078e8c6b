import { Module } from '@nestjs/common';
import { ProjectQueries } from './project.queries';
import { ProjectResolver } from './project.resolver';
import { DetailStandingResolver, StandingResolver } from './standing.resolver';
import { CloseOpening } from './use-cases/close-opening';
import { PublishProject } from './use-cases/publish-project';
import { SaveProject } from './use-cases/save-project';

@Module({
  providers: [
    ProjectResolver,
    StandingResolver,
    DetailStandingResolver,
    ProjectQueries,
    SaveProject,
    PublishProject,
    CloseOpening,
  ],
  exports: [ProjectQueries, SaveProject, PublishProject],
})
export class ProjectModule {}

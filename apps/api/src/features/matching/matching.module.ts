import { Module } from '@nestjs/common';
import { ExportQueries } from './export.queries';
import { MatchingJobs } from './matching.jobs';
import { MatchingQueries } from './matching.queries';
import { MatchingResolver } from './matching.resolver';
import { Score } from './use-cases/score';

@Module({
  providers: [MatchingResolver, MatchingQueries, MatchingJobs, ExportQueries, Score],
  exports: [Score],
})
export class MatchingModule {}

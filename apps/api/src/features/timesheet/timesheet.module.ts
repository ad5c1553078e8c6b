import { Module } from '@nestjs/common';
import { TimesheetJobs } from './timesheet.jobs';
import { TimesheetQueries } from './timesheet.queries';
import { TimesheetResolver } from './timesheet.resolver';
import { LogTime } from './use-cases/log-time';
import { ReviewWeek } from './use-cases/review-week';
import { SubmitWeek } from './use-cases/submit-week';

@Module({
  providers: [TimesheetResolver, TimesheetQueries, TimesheetJobs, LogTime, SubmitWeek, ReviewWeek],
  exports: [LogTime, SubmitWeek, ReviewWeek, TimesheetQueries],
})
export class TimesheetModule {}

import { Module } from '@nestjs/common';
import { BillingModule } from '../billing/billing.module';
import { ExpertModule } from '../expert/expert.module';
import { LabModule } from '../lab/lab.module';
import { HalfController } from './half.controller';
import { HalfQueries } from './half.queries';
import { OutlookQueries } from './outlook.queries';
import { ReviewResolver } from './review.resolver';
import { StatementQueries } from './statement.queries';
import { TimerResolver } from './timer.resolver';
import { TimesheetController } from './timesheet.controller';
import { TimesheetJobs } from './timesheet.jobs';
import { TimesheetQueries } from './timesheet.queries';
import { TimesheetResolver } from './timesheet.resolver';
import { AddEntry } from './use-cases/add-entry';
import { AnswerQuestion } from './use-cases/answer-question';
import { ApproveBySilence } from './use-cases/approve-by-silence';
import { ApproveLines } from './use-cases/approve-lines';
import { BeatTimer } from './use-cases/beat-timer';
import { DiscardTimer } from './use-cases/discard-timer';
import { EditEntry } from './use-cases/edit-entry';
import { QuestionLine } from './use-cases/question-line';
import { RecallWeek } from './use-cases/recall-week';
import { RemoveEntry } from './use-cases/remove-entry';
import { StartTimer } from './use-cases/start-timer';
import { StopTimer } from './use-cases/stop-timer';
import { SubmitWeek } from './use-cases/submit-week';

const LOGGING = [AddEntry, EditEntry, RemoveEntry, StartTimer, StopTimer, DiscardTimer, BeatTimer];
const REVIEW = [SubmitWeek, RecallWeek, ApproveLines, QuestionLine, AnswerQuestion, ApproveBySilence];
const QUERIES = [TimesheetQueries, OutlookQueries, StatementQueries, HalfQueries];

@Module({
  imports: [BillingModule, ExpertModule, LabModule],
  controllers: [TimesheetController, HalfController],
  providers: [
    TimesheetResolver,
    TimerResolver,
    ReviewResolver,
    TimesheetJobs,
    ...QUERIES,
    ...LOGGING,
    ...REVIEW,
  ],
  exports: [TimesheetQueries, OutlookQueries, ...LOGGING, ...REVIEW],
})
export class TimesheetModule {}

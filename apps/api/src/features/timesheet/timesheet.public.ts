export { AddEntry } from './use-cases/add-entry';
export { SubmitWeek } from './use-cases/submit-week';
export { ApproveLines } from './use-cases/approve-lines';
export { QuestionLine } from './use-cases/question-line';
export { AnswerQuestion } from './use-cases/answer-question';
export { TimesheetQueries } from './timesheet.queries';
export { OutlookQueries, type Outlook } from './outlook.queries';
export { workedWeeks, type WorkedRecord } from './worked-weeks.repository';
export { entryOf } from './graphql/timesheet.shapes';

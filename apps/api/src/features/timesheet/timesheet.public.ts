export { LogTime } from './use-cases/log-time';
export { SubmitWeek } from './use-cases/submit-week';
export { ReviewWeek } from './use-cases/review-week';
export { TimesheetQueries } from './timesheet.queries';

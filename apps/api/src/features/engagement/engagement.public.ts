export {
  engagementsIn,
  everEngaged,
  findEngagement,
  findEngagements,
  lockWeek,
  weeksOf,
  type EngagementRecord,
  type WeekRecord,
} from './engagement.repository';
export { lockHeldWeek, noteRest, weekPrice } from './weeks';
export { openWaits, waitsWithin, type WaitRecord } from './wait.repository';
export { conversionWords } from './conversion.repository';
export { SignEngagement } from './use-cases/sign-engagement';
export { RunWeeks } from './use-cases/run-weeks';

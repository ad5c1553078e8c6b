import { counted } from './words';

interface WeeksLeft {
  readonly weeksLeft?: number | null;
  /** Why no new week can start, however much money is there. */
  readonly weeksStopped?: string | null;
}

/** For how many weeks the free money lasts; while none can start, a number alone would promise what does not come. */
export function weeksLeftWords({ weeksLeft, weeksStopped }: WeeksLeft): string {
  if (weeksStopped) return 'No new week';
  return typeof weeksLeft === 'number' ? counted(weeksLeft, 'week') : 'Nothing runs';
}

/** True where work stops, or soon will. */
export function isShort({ weeksLeft, weeksStopped }: WeeksLeft): boolean {
  return Boolean(weeksStopped) || (typeof weeksLeft === 'number' && weeksLeft < 2);
}

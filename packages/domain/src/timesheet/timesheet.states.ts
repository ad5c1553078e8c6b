import { statesOf } from '../machine/machine';
import { timesheetMachine } from './timesheet.machine';

export type TimesheetState = keyof typeof timesheetMachine.transitions;

/** True for the name of a state of a week. */
export function isTimesheetState(text: string): text is TimesheetState {
  return (statesOf(timesheetMachine) as string[]).includes(text);
}

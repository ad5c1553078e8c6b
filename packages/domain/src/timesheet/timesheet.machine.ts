import { defineMachine } from '../machine/machine';

/** A week of logged time. It can be recalled until the lab has acted. */
export const timesheetMachine = defineMachine({
  name: 'timesheet',
  initial: 'OPEN',
  terminal: ['CHARGED'],
  transitions: {
    OPEN: { SUBMIT: 'SUBMITTED' },
    SUBMITTED: { RECALL: 'OPEN', APPROVE_SOME: 'IN_REVIEW', QUESTION: 'IN_REVIEW', APPROVE_ALL: 'CHARGED' },
    IN_REVIEW: { APPROVE_SOME: 'IN_REVIEW', QUESTION: 'IN_REVIEW', APPROVE_ALL: 'CHARGED' },
    CHARGED: {},
  },
});

/** One line of a timesheet. A question ends by agreement or by the lab's approval; never by silence against the expert. */
export const lineMachine = defineMachine({
  name: 'line',
  initial: 'DRAFT',
  terminal: ['APPROVED', 'VOIDED'],
  transitions: {
    DRAFT: { SUBMIT: 'SUBMITTED', VOID: 'VOIDED' },
    SUBMITTED: { RECALL: 'DRAFT', APPROVE: 'APPROVED', QUESTION: 'QUESTIONED' },
    QUESTIONED: { APPROVE: 'APPROVED', ANSWER: 'ANSWERED', ACCEPT: 'APPROVED' },
    ANSWERED: { APPROVE: 'APPROVED', QUESTION: 'QUESTIONED', ACCEPT: 'APPROVED' },
    APPROVED: {},
    VOIDED: {},
  },
});

const DAY_MS = 86_400_000;

/** When silence approves a submitted week. `reviewDays` is 1 to 7. Source: product page, main job 6. */
export function reviewDueAt(submittedAt: Date, reviewDays: number): Date {
  return new Date(submittedAt.getTime() + reviewDays * DAY_MS);
}

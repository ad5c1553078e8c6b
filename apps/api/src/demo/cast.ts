import type { Person } from '../platform/access/actor';
import type { PlannedClaim } from './claims';
import type { LabContent } from './content';
import type { PlannedExpert } from './people';
import type { PlannedLayer, PlannedProject } from './projects';

/** Everybody and everything that was made so far. */
export interface Cast {
  readonly staff: Staff;
  /** Whose sign-in the start prints. */
  readonly printed: Printed[];
  readonly labs: DemoLab[];
  readonly experts: DemoExpert[];
  readonly openings: DemoOpening[];
  readonly engagements: DemoEngagement[];
  readonly offers: DemoOffer[];
}

export interface Printed {
  readonly who: string;
  readonly email: string;
}

export interface Staff {
  readonly admin: Person;
  readonly verifiers: readonly [Person, Person, Person];
  readonly trust: Person;
  readonly finance: Person;
}

export interface DemoLab {
  readonly content: LabContent;
  readonly owner: Person;
  readonly labId: string;
  reviewer: Person;
  isVetted: boolean;
}

export interface DemoExpert {
  readonly plan: PlannedExpert;
  readonly person: Person;
  readonly expertId: string;
  readonly claims: { readonly plan: PlannedClaim; readonly id: string; step: ClaimStep }[];
  /** True from the first offer on: nobody has two engagements at once. */
  isTaken: boolean;
}

/** Where a claim is on its way. */
export type ClaimStep = 'NEW' | 'WAITING' | 'APPROVED_ONCE' | 'APPEALED' | 'DONE';

export interface DemoOpening {
  readonly id: string;
  readonly lab: DemoLab;
  readonly layer: PlannedLayer;
  readonly project: PlannedProject;
  readonly asked: Set<string>;
  readonly applications: { readonly id: string; readonly expert: DemoExpert; isOpen: boolean }[];
  seatsLeft: number;
}

export interface DemoOffer {
  readonly id: string;
  readonly opening: DemoOpening;
  readonly expert: DemoExpert;
  readonly rateMinor: number;
  readonly capHours: number;
  isOpen: boolean;
}

export interface DemoEngagement {
  readonly id: string;
  readonly lab: DemoLab;
  readonly opening: DemoOpening;
  readonly expert: DemoExpert;
  /** Price of a full week, minor units, about: decides how much the lab puts in. */
  readonly weekMinor: number;
  sheetId?: string;
  handedInId?: string;
  isEnded: boolean;
  hasNotice: boolean;
  isTracking: boolean;
  /** When the timer that runs was started. */
  trackedFrom?: Date;
}

/** Mondays of the history; the last one begins its last week. */
export class Calendar {
  constructor(
    readonly weeks: number,
    private readonly lastMonday: Date,
  ) {}

  /** An instant of a week (from 0): its day (0 is Monday) and time, UTC. */
  at(week: number, day: number, hour: number, minute = 0): Date {
    const days = (week - this.weeks + 1) * 7 + day;
    return new Date(this.lastMonday.getTime() + days * 86_400_000 + (hour * 60 + minute) * 60_000);
  }
}

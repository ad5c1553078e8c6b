import type { Person } from '../platform/access/actor';
import type { Cast, ClaimStep, DemoExpert, DemoLab, DemoOpening, Printed, Staff } from './cast';
import type { LabContent } from './content';
import type { PlannedExpert } from './people';
import type { PlannedProject } from './projects';

/** A cast as the snapshot keeps it: what was planned is planned anew from the seed, and pointed at by its place. */
export interface CastRecord {
  readonly staff: Staff;
  readonly printed: readonly Printed[];
  readonly labs: readonly {
    readonly name: string;
    readonly owner: Person;
    readonly labId: string;
    readonly reviewer: Person;
    readonly isVetted: boolean;
  }[];
  readonly experts: readonly {
    readonly number: number;
    readonly person: Person;
    readonly expertId: string;
    readonly isTaken: boolean;
    readonly claims: readonly { readonly plan: number; readonly id: string; readonly step: ClaimStep }[];
  }[];
  readonly openings: readonly {
    readonly id: string;
    readonly lab: number;
    readonly project: number;
    readonly layer: number;
    readonly asked: readonly string[];
    readonly applications: readonly {
      readonly id: string;
      readonly expert: number;
      readonly isOpen: boolean;
    }[];
    readonly seatsLeft: number;
  }[];
  readonly offers: readonly {
    readonly id: string;
    readonly opening: number;
    readonly expert: number;
    readonly rateMinor: number;
    readonly capHours: number;
    readonly isOpen: boolean;
  }[];
  readonly engagements: readonly {
    readonly id: string;
    readonly opening: number;
    readonly expert: number;
    readonly weekMinor: number;
    readonly sheetId?: string;
    readonly handedInId?: string;
    readonly isEnded: boolean;
    readonly hasNotice: boolean;
  }[];
}

/** What is planned from the seed. */
export interface Plans {
  readonly content: { readonly labs: readonly LabContent[] };
  readonly experts: readonly PlannedExpert[];
  readonly projects: readonly PlannedProject[];
}

/** The record of a cast. */
export function recordOf(cast: Cast, { projects }: Plans): CastRecord {
  const expertAt = (expert: DemoExpert) => cast.experts.indexOf(expert);
  const openingAt = (opening: DemoOpening) => cast.openings.indexOf(opening);
  return {
    staff: cast.staff,
    printed: cast.printed,
    labs: cast.labs.map(({ content, ...lab }) => ({ name: content.name, ...lab })),
    experts: cast.experts.map(({ plan, claims, ...expert }) => ({
      number: plan.number,
      ...expert,
      claims: claims.map((claim) => ({ ...claim, plan: plan.claims.indexOf(claim.plan) })),
    })),
    openings: cast.openings.map(({ lab, layer, project, asked, applications, ...opening }) => ({
      ...opening,
      lab: cast.labs.indexOf(lab),
      project: projects.indexOf(project),
      layer: project.layers.indexOf(layer),
      asked: [...asked],
      applications: applications.map((each) => ({ ...each, expert: expertAt(each.expert) })),
    })),
    offers: cast.offers.map((offer) => ({
      ...offer,
      opening: openingAt(offer.opening),
      expert: expertAt(offer.expert),
    })),
    engagements: cast.engagements.map((engagement) => ({
      id: engagement.id,
      opening: openingAt(engagement.opening),
      expert: expertAt(engagement.expert),
      weekMinor: engagement.weekMinor,
      sheetId: engagement.sheetId,
      handedInId: engagement.handedInId,
      isEnded: engagement.isEnded,
      hasNotice: engagement.hasNotice,
    })),
  };
}

/** The cast of a record. Throws where the record is not of these plans. */
export function castOf(record: CastRecord, plans: Plans): Cast {
  const labs: DemoLab[] = record.labs.map(({ name, ...lab }) => ({
    ...lab,
    content: known(plans.content.labs.find((each) => each.name === name)),
  }));
  const experts: DemoExpert[] = record.experts.map(({ number, claims, ...expert }) => {
    const plan = known(plans.experts[number]);
    return {
      ...expert,
      plan,
      claims: claims.map((claim) => ({ ...claim, plan: known(plan.claims[claim.plan]) })),
    };
  });
  const openings: DemoOpening[] = record.openings.map(
    ({ lab, project, layer, asked, applications, ...opening }) => {
      const plan = known(plans.projects[project]);
      return {
        ...opening,
        lab: known(labs[lab]),
        project: plan,
        layer: known(plan.layers[layer]),
        asked: new Set(asked),
        applications: applications.map((each) => ({ ...each, expert: known(experts[each.expert]) })),
      };
    },
  );
  const opening = (at: number) => known(openings[at]);
  return {
    staff: record.staff,
    printed: [...record.printed],
    labs,
    experts,
    openings,
    offers: record.offers.map((offer) => ({
      ...offer,
      opening: opening(offer.opening),
      expert: known(experts[offer.expert]),
    })),
    engagements: record.engagements.map((engagement) => ({
      ...engagement,
      lab: opening(engagement.opening).lab,
      opening: opening(engagement.opening),
      expert: known(experts[engagement.expert]),
      isTracking: false,
    })),
  };
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('the record of the demo world is not of this plan: make it anew');
  return found;
}

import { Injectable } from '@nestjs/common';
import type { Gate } from '@tallystick/matching';
import { system, type Person } from '../../platform/access/actor';
import { notFound } from '../../platform/errors/refused';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { findExpert } from '../expert/expert.public';
import { placesOf, seenFor, type PlaceRecord } from './visibility.repository';

/** Over so many days it is told where labs saw somebody. */
export const SEEN_DAYS = 28;
const DAY_MS = 86_400_000;

/** What a gate says that is not passed. */
type Stopped = Exclude<Gate['outcome'], 'PASS'>;

/** Where an expert is shown, and what keeps them off the other shortlists. */
export interface Visibility {
  readonly isActive: boolean;
  readonly isVisible: boolean;
  readonly places: readonly (PlaceRecord & { readonly wasSeen: boolean })[];
  /** For how many openings labs had them before their eyes in the last days. */
  readonly seenFor: number;
  readonly gates: readonly BlockingGate[];
}

/** A gate that keeps an expert off shortlists. */
export interface BlockingGate {
  readonly code: string;
  /** FAIL where what it wants is not so; UNKNOWN where it only asks, as for a rate in another currency. */
  readonly outcome: Stopped;
  readonly openings: number;
  /** Of these, those that nothing else keeps them off. */
  readonly alone: number;
}

/** “Why am I not shown?”, answered from the rows that the lab's page is made of. */
@Injectable()
export class VisibilityQueries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The person's own; shortlists are the labs' rows, and of each only the own place leaves this query. */
  async mine(person: Person): Promise<Visibility> {
    const expertId = person.expertId ?? '';
    return this.unitOfWork.readAs(system('visibility'), async ({ db, now }) => {
      const expert = expertId === '' ? null : await findExpert(db, expertId);
      if (!expert) throw notFound('profile');
      const places = await placesOf(db, expertId, now);
      const seen = await seenFor(db, expertId, new Date(now.getTime() - SEEN_DAYS * DAY_MS));
      return {
        isActive: expert.state === 'ACTIVE',
        isVisible: expert.isVisibleToLabs,
        places: places.map((place) => ({ ...place, wasSeen: seen.has(place.openingId) })),
        seenFor: seen.size,
        gates: blocking(places),
      };
    });
  }
}

/** What keeps somebody off the shortlists, what does so most often first. */
function blocking(places: readonly PlaceRecord[]): BlockingGate[] {
  const counts = new Map<string, BlockingGate>();
  for (const { gates } of places) {
    const stopped = stoppedBy(gates);
    for (const [code, outcome] of stopped) {
      const key = `${code} ${outcome}`;
      const { openings, alone } = counts.get(key) ?? { openings: 0, alone: 0 };
      counts.set(key, { code, outcome, openings: openings + 1, alone: alone + (stopped.size === 1 ? 1 : 0) });
    }
  }
  return [...counts]
    .sort(([one, a], [other, b]) => b.openings - a.openings || (one < other ? -1 : 1))
    .map(([, gate]) => gate);
}

/** The gates that keep somebody off an opening. One that fails for one thing and asks for another fails. */
function stoppedBy(gates: PlaceRecord['gates']): Map<string, Stopped> {
  const stopped = new Map<string, Stopped>();
  for (const { code, outcome } of gates)
    if (outcome !== 'PASS' && stopped.get(code) !== 'FAIL') stopped.set(code, outcome);
  return stopped;
}

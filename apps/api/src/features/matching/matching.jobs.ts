import { Injectable } from '@nestjs/common';
import { OUTCOME_KINDS } from '@tallystick/domain';
import { z } from 'zod';
import { JobRegistry } from '../../platform/queue/jobs';
import { CountTrackRecords } from './use-cases/count-track-records';
import { FollowChange } from './use-cases/follow-change';
import { NoteOutcome } from './use-cases/note-outcome';
import { LookThroughSearches } from './use-cases/look-through-searches';
import { ProposeSeats } from './use-cases/propose-seats';
import { SendDigests } from './use-cases/send-digests';
import { Score } from './use-cases/score';

/** How often it is looked whether another model scored what is shown. */
const EVERY_MS = 60_000;
/** How often it is counted how experts work and were shown. */
const HOUR_MS = 3_600_000;
/** How often it is looked whose morning has come. */
const MORNING_MS = 600_000;

/** Jobs of the feature. */
@Injectable()
export class MatchingJobs {
  constructor(
    registry: JobRegistry,
    follow: FollowChange,
    score: Score,
    seats: ProposeSeats,
    outcomes: NoteOutcome,
    records: CountTrackRecords,
    searches: LookThroughSearches,
    digests: SendDigests,
  ) {
    registry.add({
      queue: 'matching',
      name: 'opening-changed',
      payload: z.object({ openingId: z.uuid() }),
      run: ({ openingId }) => follow.opening(openingId),
    });
    registry.add({
      queue: 'matching',
      name: 'lab-changed',
      payload: z.object({ labId: z.uuid() }),
      run: ({ labId }) => follow.lab(labId),
    });
    registry.add({
      queue: 'matching',
      name: 'expert-changed',
      payload: z.object({ expertId: z.uuid() }),
      run: ({ expertId }) => follow.expert(expertId),
    });
    registry.add({
      // A queue of its own: it may take long, and what changes an expert must not wait behind it.
      queue: 'seating',
      name: 'propose-seats',
      payload: z.object({ proposalId: z.uuid() }),
      run: ({ proposalId }) => seats.compute(proposalId),
    });
    registry.add({
      queue: 'matching',
      name: 'note-outcome',
      payload: z.object({ kind: z.enum(OUTCOME_KINDS), openingId: z.uuid(), expertId: z.uuid() }),
      run: ({ kind, openingId, expertId }) => outcomes.run(kind, openingId, expertId),
    });
    registry.add({
      queue: 'matching',
      name: 'count-track-records',
      payload: z.object({}),
      everyMs: HOUR_MS,
      run: async () => void (await records.run()),
    });
    registry.add({
      queue: 'matching',
      name: 'track-records-counted',
      payload: z.object({ expertIds: z.array(z.uuid()) }),
      run: () => follow.counts(),
    });
    registry.add({
      queue: 'matching',
      name: 'model-changed',
      payload: z.object({}),
      everyMs: EVERY_MS,
      run: async (_payload, told) => void (await score.outdated(told)),
    });
    registry.add({
      queue: 'matching',
      name: 'look-through-searches',
      payload: z.object({}),
      everyMs: EVERY_MS,
      run: async () => void (await searches.run()),
    });
    registry.add({
      queue: 'matching',
      name: 'send-digests',
      payload: z.object({}),
      everyMs: MORNING_MS,
      run: async (_payload, told) => void (await digests.run(told)),
    });
    registry.add({
      queue: 'recommending',
      name: 'recommend-opening',
      payload: z.object({ openingId: z.uuid() }),
      run: ({ openingId }, told) => score.recommend(openingId, told),
    });
    registry.add({
      queue: 'scoring',
      name: 'score-shortlist',
      payload: z.object({ openingId: z.uuid() }),
      run: ({ openingId }) => score.opening(openingId),
    });
    registry.add({
      queue: 'scoring',
      name: 'score-expert',
      payload: z.object({ expertId: z.uuid() }),
      run: ({ expertId }) => score.expert(expertId),
    });
    registry.add({
      queue: 'scoring',
      name: 'score-lapsed',
      payload: z.object({}),
      everyMs: EVERY_MS,
      run: () => score.lapsed(),
    });
  }
}

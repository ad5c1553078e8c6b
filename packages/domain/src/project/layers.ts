import type { Axes, TaskFamily } from './channel';
import { RUNGS, type Rung } from './rate-card';

/** A layer to begin with; the lab changes what it likes. */
export interface ProposedLayer {
  readonly title: string;
  readonly rung: Rung;
  /** Why this layer is proposed. */
  readonly reason: string;
  /** Pay an hour, US cents, both ends of the rung's band. */
  readonly minMinor: bigint;
  readonly maxMinor: bigint;
  readonly seats: number;
  readonly hoursPerWeek: number;
}

const BULK: Record<TaskFamily, string> = {
  RATING: 'Rating in bulk',
  WRITING: 'Writing in bulk',
  REASONING: 'First review of reasoning',
  CODE: 'First review of code',
  SAFETY: 'Probing in bulk',
  TRANSLATION: 'Translating in bulk',
  RUBRIC: 'First draft of rubrics',
  ENVIRONMENT: 'Trying tasks out',
};

/**
 * The layers that a kind of work and its axes point to, cheapest first: the bulk at the lowest rung that can do it,
 * and the slice that is hard to judge at an expert's rung, so that each hour is paid for its real difficulty.
 */
export function proposeLayers(taskFamily: TaskFamily, { scarcity }: Pick<Axes, 'scarcity'>): ProposedLayer[] {
  const needsField = taskFamily === 'CODE' || taskFamily === 'ENVIRONMENT' || taskFamily === 'TRANSLATION';
  const bulkRung: Rung =
    taskFamily === 'RATING' && scarcity === 'LOW' ? 'COMMODITY' : needsField ? 'SPECIALIST' : 'GENERALIST';
  const bulk = layer(BULK[taskFamily], bulkRung, 'Most of the work does not need the rarest people.', 5, 20);
  if (taskFamily === 'ENVIRONMENT') {
    const reason = 'Tasks and environments are built by few people who know how models learn.';
    return [bulk, layer('Building tasks and checks', 'ENVIRONMENT_DESIGN', reason, 2, 10)];
  }
  if (scarcity === 'LOW') return [bulk];
  const [rung, reason]: readonly [Rung, string] =
    scarcity === 'HIGH'
      ? ['RARE', 'Few people can judge the hardest cases; they get only those.']
      : needsField
        ? ['CREDENTIALED', 'What the first layer doubts goes to people whose training is proven.']
        : ['SPECIALIST', 'What the first layer doubts goes to people of the field.'];
  return [bulk, layer('Hard cases and final word', rung, reason, 2, 10)];
}

function layer(
  title: string,
  rung: Rung,
  reason: string,
  seats: number,
  hoursPerWeek: number,
): ProposedLayer {
  const { minMinor, maxMinor } = RUNGS[rung];
  return { title, rung, reason, minMinor, maxMinor, seats, hoursPerWeek };
}

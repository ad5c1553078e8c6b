import { CANDIDATE_MARKS, PASS_REASONS } from '@tallystick/domain';
import { PART_WORDS } from '@tallystick/matching';
import { z } from 'zod';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { parseInput } from '../../platform/errors/refused';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import { Fit, MarkCandidateInput, Recommendations, Shortlist } from './graphql/matching.model';
import { MatchingQueries, type FitOfExpert, type FitOfLab } from './matching.queries';
import { stepsShown } from './steps-shown';
import { mendPathOf } from '../eligibility/eligibility.public';
import { MarkCandidate } from './use-cases/mark-candidate';

const Choice = z.object({ marked: z.enum([...CANDIDATE_MARKS, 'NEITHER']).nullish() });

type Stored = Omit<FitOfLab, 'mark'> & Partial<Pick<FitOfExpert, 'standing'> & Pick<FitOfLab, 'mark'>>;

@Resolver(() => Fit)
export class MatchingResolver {
  constructor(
    private readonly queries: MatchingQueries,
    private readonly mark: MarkCandidate,
  ) {}

  @Requires('matching:shortlist')
  @Query(() => Shortlist, {
    description: "The ranked experts of one of the lab's openings. Refuses with NOT_FOUND.",
  })
  async shortlist(
    @CurrentPerson() person: Person,
    @Args('openingId', { type: () => ID, description: 'The opening.' }) openingId: string,
    @Args() page: PageArgs,
    @Args('expertIds', { type: () => [ID], nullable: true, description: 'Only these experts.' })
    expertIds?: string[],
    @Args('marked', {
      nullable: true,
      description: 'Only whom the lab marked KEPT or PASSED_OVER, or NEITHER.',
    })
    marked?: string,
    @Args('exceptIds', {
      type: () => [ID],
      nullable: true,
      description: 'Everybody but these experts, e.g. who withdrew, was declined or is engaged.',
    })
    exceptIds?: string[],
  ): Promise<Shortlist> {
    const choice = { expertIds, exceptIds: exceptIds ?? undefined, ...parseInput(Choice, { marked }) };
    const { state, askedAt, fits } = await this.queries.shortlist(person, openingId, choice, page);
    return {
      state: state?.state ?? 'WAITING',
      askedAt: state?.askedAt ?? askedAt,
      waitingSince: state?.state === 'READY' ? null : (state?.askedAt ?? askedAt),
      scoredAt: state?.scoredAt ?? null,
      snapshotId: state?.snapshotId ?? null,
      candidateCount: state?.candidateCount ?? 0,
      eligibleCount: state?.eligibleCount ?? 0,
      removed: (state?.gateCounts ?? []).map((gate) => ({
        wouldPass: null,
        unknown: null,
        isInPart: false,
        ...gate,
      })),
      fits: shown(fits, 'lab'),
    };
  }

  @Requires('application:review')
  @Mutation(() => Boolean, {
    description:
      'Keeps an expert of a shortlist in mind, passes them over with a reason, or takes the mark away. Seen by the lab alone. Refuses with NOT_FOUND, REASON_MISSING, HAS_APPLIED.',
  })
  async markCandidate(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: MarkCandidateInput,
  ): Promise<boolean> {
    await this.mark.run(person, input as Parameters<MarkCandidate['run']>[1]);
    return true;
  }

  @Requires('matching:recommend')
  @Query(() => Recommendations, {
    description: 'Openings ranked for the expert, with what is missing where something is.',
  })
  async recommendations(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('search', { nullable: true, description: 'A part of a title, project or skill.' }) search?: string,
    @Args('isEligible', {
      nullable: true,
      description:
        'Only those that can be taken, or only those with something missing; neither has those applied to.',
    })
    isEligible?: boolean,
  ): Promise<Recommendations> {
    const { scoredAt, snapshotId, waitingSince, fits } = await this.queries.recommended(
      person,
      { search, isEligible },
      page,
    );
    return {
      state: waitingSince ? 'WAITING' : 'READY',
      ...{ waitingSince, scoredAt, snapshotId },
      fits: shown(fits, 'expert'),
    };
  }

  @Requires('matching:recommend')
  @Query(() => Fit, {
    nullable: true,
    description: 'How one opening fits the expert; null while scoring waits.',
  })
  async fitForMe(
    @CurrentPerson() person: Person,
    @Args('openingId', { type: () => ID, description: 'The opening.' }) openingId: string,
  ): Promise<Fit | null> {
    const fit = await this.queries.forMe(person, openingId);
    return fit && fitOf(fit, 'expert');
  }
}

function shown(found: Connection<Stored>, side: 'lab' | 'expert'): Connection<Fit> {
  return { ...found, edges: found.edges.map(({ node, cursor }) => ({ cursor, node: fitOf(node, side) })) };
}

function fitOf(fit: Stored, side: 'lab' | 'expert'): Fit {
  return {
    id: `${fit.openingId}:${fit.expertId}`,
    openingId: fit.openingId,
    expertId: fit.expertId,
    rank: fit.rank,
    score: fit.score,
    isEligible: fit.isEligible,
    standing: fit.standing ?? null,
    mark: fit.mark ? { ...fit.mark, reasonWords: fit.mark.reason && PASS_REASONS[fit.mark.reason] } : null,
    gates: fit.gates.map(({ code, outcome, forLab, forExpert }) => ({
      code,
      outcome,
      sentence: side === 'lab' ? forLab : forExpert,
      mendPath: side === 'expert' && outcome !== 'PASS' ? mendPathOf(code) : null,
    })),
    parts: fit.parts.map((part) => ({ ...part, name: PART_WORDS[part.name] })),
    steps: fit.steps ? stepsShown(fit.steps) : [],
    reasonsFor: fit.reasons.for,
    reasonsAgainst: fit.reasons.against,
    whatWouldChange: fit.reasons.change,
  };
}

import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { LEAST_IN_GROUP } from '@tallystick/domain';
import { PART_NAMES, PART_WORDS, type Model } from '@tallystick/matching';
import { CurrentPerson, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { AddMatchModelInput, ChooseMatchModelInput, MatchModel, MatchModels } from './graphql/model.model';
import { IMPACT_DAYS, ImpactQueries } from './impact.queries';
import { EXPOSURE_DAYS, ModelQueries, type ModelShown } from './model.queries';
import { SwitchModel } from './use-cases/switch-model';

const CHOICE = { type: () => ChooseMatchModelInput, description: 'Which, and why.' };

@Resolver(() => MatchModel)
export class ModelResolver {
  constructor(
    private readonly queries: ModelQueries,
    private readonly impacts: ImpactQueries,
    private readonly switching: SwitchModel,
  ) {}

  @Requires('model:read')
  @Query(() => MatchModels, { description: 'The models of matching, and how evenly experts are shown.' })
  async matchModels(@CurrentPerson() person: Person): Promise<MatchModels> {
    const { models, switches } = await this.queries.models(person);
    const exposure = await this.queries.exposure(person);
    const tables = await this.impacts.tables(person);
    return {
      models: models.map(modelOf),
      switches,
      exposure: { days: EXPOSURE_DAYS, ...exposure },
      impact: {
        ...{ days: IMPACT_DAYS, leastInGroup: LEAST_IN_GROUP },
        tables: tables.map((table) => ({ ...table, groups: [...table.groups] })),
      },
    };
  }

  @Requires('model:switch')
  @Mutation(() => ID, {
    description:
      'Keeps a model that was learned; nothing is scored by it yet. Refuses with MODEL_BROKEN, MODEL_NOT_BETTER, MODEL_NAME_TAKEN.',
  })
  addMatchModel(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => AddMatchModelInput, description: 'The model.' }) input: AddMatchModelInput,
  ): Promise<string> {
    return this.switching.add(person, input);
  }

  @Requires('model:switch')
  @Mutation(() => ID, {
    description:
      'Asks another person to put a model in force. Refuses with NOT_FOUND, MODEL_IN_FORCE, MODEL_BROKEN.',
  })
  askForMatchModel(
    @CurrentPerson() person: Person,
    @Args('input', CHOICE) input: ChooseMatchModelInput,
  ): Promise<string> {
    return this.switching.ask(person, input);
  }

  @Requires('model:switch')
  @Mutation(() => ID, {
    description:
      'Goes back to a model that was in force before, at once; every fit is scored anew. Refuses with NOT_FOUND, MODEL_IN_FORCE, MODEL_NEVER_IN_FORCE, MODEL_BROKEN.',
  })
  goBackToMatchModel(
    @CurrentPerson() person: Person,
    @Args('input', CHOICE) input: ChooseMatchModelInput,
  ): Promise<string> {
    return this.switching.goBack(person, input);
  }
}

function modelOf({ model, ...shown }: ModelShown): MatchModel {
  const { window, metrics } = model;
  const instant = (text: string | undefined) => (text === undefined ? null : new Date(text));
  return {
    ...shown,
    weights: weightsOf(model),
    learnedFrom: instant(window?.from),
    heldOutFrom: instant(window?.heldOutFrom),
    learnedTo: instant(window?.to),
    metrics: metrics && {
      openings: metrics.openings,
      outcomes: metrics.outcomes,
      beforeName: metrics.before.modelId,
      mapBefore: metrics.before.map,
      mapAfter: metrics.after.map,
      ndcgBefore: metrics.before.ndcg10,
      ndcgAfter: metrics.after.ndcg10,
      gain: metrics.gain.mean,
      gainLow: metrics.gain.low,
      gainHigh: metrics.gain.high,
      brier: metrics.brier,
      ece: metrics.ece,
    },
  };
}

/** Of an older release some parts may have no words any more, or not be scored. */
function weightsOf({ weights }: Model): MatchModel['weights'] {
  return Object.entries(weights)
    .map(([name, weight]) => {
      const known = PART_NAMES.find((each) => each === name);
      return { part: known ? PART_WORDS[known] : name, weight };
    })
    .sort((a, b) => b.weight - a.weight);
}

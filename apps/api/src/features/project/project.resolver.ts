import { CHANNELS, LEVELS, recommendChannel, type Level } from '@tallystick/domain';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentPerson, Public, Requires } from '../../platform/access/access.decorators';
import type { Actor, Person } from '../../platform/access/actor';
import { Refused } from '../../platform/errors/refused';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import type { GraphqlContext } from '../../platform/graphql/graphql-context';
import { SaveProjectInput } from './graphql/project.input';
import {
  ChannelAdvice,
  Project,
  ProjectConnection,
  ProjectDetail,
  PublicOpening,
  PublicOpeningConnection,
  UnmatchedSkill,
} from './graphql/project.model';
import { openingOf, projectTotals, publicOpeningOf } from './graphql/project.shapes';
import { ProjectQueries } from './project.queries';
import { CloseOpening } from './use-cases/close-opening';
import { PublishProject } from './use-cases/publish-project';
import { SaveProject, type SaveProjectInput as SaveProjectData } from './use-cases/save-project';

@Resolver(() => ProjectDetail)
export class ProjectResolver {
  constructor(
    private readonly queries: ProjectQueries,
    private readonly saveCase: SaveProject,
    private readonly publishCase: PublishProject,
    private readonly closeCase: CloseOpening,
  ) {}

  @Requires('project:edit')
  @Query(() => ChannelAdvice, { description: 'The channel that three axes point to, and why.' })
  channelAdvice(
    @Args('scarcity', { description: 'How rare the credentials are: LOW, MEDIUM or HIGH.' }) scarcity: string,
    @Args('sensitivity', { description: 'How sensitive the data is: LOW, MEDIUM or HIGH.' })
    sensitivity: string,
    @Args('control', { description: 'How closely the work must be led: LOW, MEDIUM or HIGH.' })
    control: string,
  ): ChannelAdvice {
    const advice = recommendChannel({
      scarcity: levelOf(scarcity),
      sensitivity: levelOf(sensitivity),
      control: levelOf(control),
    });
    return { ...advice, label: CHANNELS[advice.channel] };
  }

  @Requires('lab:read')
  @Query(() => ProjectConnection, { description: "The lab's projects, newest first." })
  projects(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { nullable: true, description: 'Only this state.' }) state?: string,
    @Args('search', { nullable: true, description: 'A part of the title.' }) search?: string,
  ): Promise<Connection<Project>> {
    return this.queries.list(person, { state, search }, page);
  }

  @Requires('project:read')
  @Query(() => ProjectDetail, {
    description: "One of the lab's projects with its layers. Refuses with NOT_FOUND.",
  })
  async project(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<ProjectDetail> {
    const project = await this.queries.detail(person, id);
    const { openings } = project;
    return { ...project, openings: openings.map(openingOf), totals: projectTotals(openings) };
  }

  @ResolveField(() => [UnmatchedSkill], {
    description: 'Required skills of a draft that few or nobody will match; nothing once it is published.',
  })
  unmatchedSkills(
    @Parent() project: ProjectDetail,
    @Context() { actor }: GraphqlContext,
  ): Promise<UnmatchedSkill[]> {
    return this.queries.unmatchedSkills(actor, project);
  }

  @Public()
  @Query(() => PublicOpeningConnection, { description: 'Open openings, newest first.' })
  async publicOpenings(
    @Args() page: PageArgs,
    @Args('rung', { nullable: true, description: 'Only this rung.' }) rung?: string,
    @Args('taskFamily', { nullable: true, description: 'Only this kind of work.' }) taskFamily?: string,
    @Args('search', { nullable: true, description: 'A part of a title or skill.' }) search?: string,
  ): Promise<Connection<PublicOpening>> {
    const filter = {
      rung: rung ?? undefined,
      taskFamily: taskFamily ?? undefined,
      search: search ?? undefined,
    };
    const found = await this.queries.publicOpenings(filter, page);
    return {
      ...found,
      edges: found.edges.map(({ node, cursor }) => ({ cursor, node: publicOpeningOf(node) })),
    };
  }

  @Public()
  @Query(() => PublicOpening, { description: 'One published opening. Refuses with NOT_FOUND.' })
  async publicOpening(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<PublicOpening> {
    return publicOpeningOf(await this.queries.opening(actor, id));
  }

  @Requires('project:edit')
  @Mutation(() => ProjectDetail, {
    description:
      'Writes a draft with its layers. Refuses with INVALID_INPUT, BAND_BACKWARDS and the like, naming openings.N.field.',
  })
  async saveProject(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: SaveProjectInput,
  ): Promise<ProjectDetail> {
    return this.project(person, await this.saveCase.run(person, input as SaveProjectData));
  }

  @Requires('project:edit')
  @Mutation(() => ProjectDetail, {
    description: 'Opens a draft to experts. Refuses with LAB_NOT_VETTED, NO_OPENINGS, STATE_CHANGED.',
  })
  async publishProject(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
    @Args('idempotencyKey', { description: 'The same key acts once.' }) idempotencyKey: string,
  ): Promise<ProjectDetail> {
    await this.publishCase.run(person, id, idempotencyKey);
    return this.project(person, id);
  }

  @Requires('project:edit')
  @Mutation(() => ProjectDetail, {
    description:
      'Closes a project with all of its openings: who applied or was invited is told, offers that were sent stand until answered, engagements go on. Refuses with NOT_FOUND, STATE_CHANGED.',
  })
  async closeProject(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'The project.' }) id: string,
  ): Promise<ProjectDetail> {
    await this.closeCase.project(person, id);
    return this.project(person, id);
  }

  @Requires('project:edit')
  @Mutation(() => Boolean, {
    description: 'Closes an opening; engagements go on. Refuses with STATE_CHANGED.',
  })
  async closeOpening(
    @CurrentPerson() person: Person,
    @Args('openingId', { type: () => ID, description: 'The opening.' }) openingId: string,
  ): Promise<boolean> {
    await this.closeCase.run(person, openingId);
    return true;
  }
}

function levelOf(text: string): Level {
  const level = LEVELS.find((each) => each === text);
  if (!level) throw new Refused('INVALID_INPUT', 'Choose low, medium or high for each of the three.');
  return level;
}

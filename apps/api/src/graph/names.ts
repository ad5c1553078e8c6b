import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { ExpertQueries } from '../features/expert/expert.queries';
import { LabQueries } from '../features/lab/lab.queries';
import { ProjectQueries } from '../features/project/project.queries';
import { loaderOf, type GraphqlContext } from '../platform/graphql/graphql-context';

type NameLoader = DataLoader<string, string>;

/** Names of rows by their ids, one read for all of a request; what the actor may not see has no name. */
@Injectable()
export class Names {
  constructor(
    private readonly experts: ExpertQueries,
    private readonly labs: LabQueries,
    private readonly projects: ProjectQueries,
  ) {}

  /** Names of experts. */
  expertNames(context: GraphqlContext): NameLoader {
    return loaderOf(context, 'expertNames', (actor) =>
      batch(async (ids) =>
        (await this.experts.byIds(actor, ids)).map(({ id, displayName }) => [id, displayName] as const),
      ),
    );
  }

  /** Titles of openings. */
  openingTitles(context: GraphqlContext): NameLoader {
    return loaderOf(context, 'openingTitles', (actor) =>
      batch(async (ids) =>
        (await this.projects.openings(actor, ids)).map(({ id, title }) => [id, title] as const),
      ),
    );
  }

  /** Names of labs. */
  labNames(context: GraphqlContext): NameLoader {
    return loaderOf(context, 'labNames', (actor) =>
      batch(async (ids) => (await this.labs.byIds(actor, ids)).map(({ id, name }) => [id, name] as const)),
    );
  }
}

function batch(read: (ids: readonly string[]) => Promise<(readonly [string, string])[]>): NameLoader {
  return new DataLoader<string, string>(async (ids) => {
    const found = new Map(await read(ids));
    return ids.map((id) => found.get(id) ?? '');
  });
}

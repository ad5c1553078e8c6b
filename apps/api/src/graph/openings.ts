import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import type { PublicOpening } from '../features/project/graphql/project.model';
import { publicOpeningOf } from '../features/project/project.public';
import { ProjectQueries } from '../features/project/project.queries';
import { loaderOf, type GraphqlContext } from '../platform/graphql/graphql-context';

/** Openings by their ids, one read for all of a request; null where the actor may not see it. */
@Injectable()
export class Openings {
  constructor(private readonly projects: ProjectQueries) {}

  load(context: GraphqlContext, id: string): Promise<PublicOpening | null> {
    const loader = loaderOf(
      context,
      'openings',
      (actor) =>
        new DataLoader<string, PublicOpening | null>(async (ids) => {
          const found = new Map((await this.projects.openings(actor, ids)).map((each) => [each.id, each]));
          return ids.map((each) => {
            const opening = found.get(each);
            return opening ? publicOpeningOf(opening) : null;
          });
        }),
    );
    return loader.load(id);
  }
}

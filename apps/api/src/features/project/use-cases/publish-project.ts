import { Injectable } from '@nestjs/common';
import { move, openingMachine, payableCurrency, projectMachine } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, Refused } from '../../../platform/errors/refused';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findLab } from '../../lab/lab.public';
import { findProject, moveOpening, moveProject, openingsWith } from '../project.repository';

/** Opens a project to experts. Only a vetted lab does. Scoring is asked for in the same transaction. */
@Injectable()
export class PublishProject {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run(person: Person, projectId: string, idempotencyKey: string): Promise<void> {
    const labId = person.labId ?? '';
    await this.unitOfWork.run(
      person,
      { name: 'publish-project', idempotencyKey, input: projectId },
      async (tx) => {
        const project = await findProject(tx.db, projectId);
        if (project?.labId !== labId) throw notFound('project');
        if ((await findLab(tx.db, labId))?.state !== 'VETTED')
          throw new Refused(
            'LAB_NOT_VETTED',
            'Your lab is not vetted yet. The draft is kept; publish it when the email says that you are vetted.',
          );
        const state = orRefuse(move(projectMachine, project.state, 'PUBLISH'));
        const openings = await openingsWith(tx.db, { projectIds: [projectId] });
        if (openings.length === 0)
          throw new Refused('NO_OPENINGS', 'Add at least one layer before you publish.', {
            field: 'openings',
          });
        for (const [index, { title, currency }] of openings.entries()) {
          const payable = payableCurrency(currency);
          // A draft may be older than the rule.
          if (!payable.ok)
            throw new Refused(payable.refusal.code, `The layer “${title}”: ${payable.refusal.message}`, {
              field: `openings.${index}.currency`,
            });
        }
        if (!(await moveProject(tx.db, project, { state, publishedAt: tx.now })))
          throw new Refused('CHANGED_MEANWHILE', 'This changed in another window. Load the page again.');
        tx.record({ subjectType: 'project', subjectId: projectId, from: project.state, to: state, labId });
        for (const [index, opening] of openings.entries()) {
          await moveOpening(tx.db, opening, {
            state: orRefuse(move(openingMachine, opening.state, 'PUBLISH')),
            // Lists show the newest first: a millisecond keeps the first layer before the second.
            publishedAt: new Date(tx.now.getTime() - index),
          });
          tx.record({
            subjectType: 'opening',
            subjectId: opening.id,
            from: opening.state,
            to: 'OPEN',
            labId,
          });
          tx.enqueue({ queue: 'matching', name: 'opening-changed', payload: { openingId: opening.id } });
        }
      },
    );
  }
}

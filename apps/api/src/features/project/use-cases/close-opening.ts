import { Injectable } from '@nestjs/common';
import { move, openingMachine, projectMachine } from '@tallystick/domain';
import type { Person } from '../../../platform/access/actor';
import { notFound, orRefuse, Refused } from '../../../platform/errors/refused';
import { isId } from '../../../platform/ids/ids';
import type { Tx } from '../../../platform/prisma/transaction';
import { UnitOfWork } from '../../../platform/prisma/unit-of-work';
import { findProject, lockOpening, moveOpening, moveProject, openingsWith } from '../project.repository';

/** Closes an opening, or a project with all of its: nobody new applies, who waits is told; engagements go on. */
@Injectable()
export class CloseOpening {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Closes one opening. Refuses with NOT_FOUND, STATE_CHANGED. */
  async run(person: Person, openingId: string): Promise<void> {
    if (!isId(openingId)) throw notFound('opening');
    await this.unitOfWork.run(person, { name: 'close-opening' }, (tx) => close(tx, person, openingId));
  }

  /** Closes a project with every opening that is not closed. Refuses with NOT_FOUND, STATE_CHANGED. */
  async project(person: Person, projectId: string): Promise<void> {
    if (!isId(projectId)) throw notFound('project');
    await this.unitOfWork.run(person, { name: 'close-project' }, async (tx) => {
      const project = await findProject(tx.db, projectId);
      if (!project || project.labId !== person.labId) throw notFound('project');
      const state = orRefuse(move(projectMachine, project.state, 'CLOSE'));
      if (!(await moveProject(tx.db, project, { state, closedAt: tx.now }))) throw changedMeanwhile();
      const { labId } = project;
      tx.record({ subjectType: 'project', subjectId: projectId, from: project.state, to: state, labId });
      const openings = await openingsWith(tx.db, { projectIds: [projectId] });
      const ids = openings.filter((each) => each.state !== 'CLOSED').map(({ id }) => id);
      for (const id of ids.sort()) await close(tx, person, id);
    });
  }
}

async function close(tx: Tx, person: Person, openingId: string): Promise<void> {
  const opening = await lockOpening(tx.db, openingId);
  if (!opening || opening.labId !== person.labId) throw notFound('opening');
  const state = orRefuse(move(openingMachine, opening.state, 'CLOSE'));
  if (!(await moveOpening(tx.db, opening, { state, closedAt: tx.now }))) throw changedMeanwhile();
  const { labId } = opening;
  tx.record({ subjectType: 'opening', subjectId: openingId, from: opening.state, to: state, labId });
  tx.enqueue({ queue: 'matching', name: 'opening-changed', payload: { openingId } });
  tx.enqueue({ queue: 'engagement', name: 'close-applications', payload: { openingId } });
}

function changedMeanwhile(): Refused {
  return new Refused('CHANGED_MEANWHILE', 'This changed in another window. Load the page again.');
}

import { applicationMachine, move } from '@tallystick/domain';
import { orRefuse, Refused } from '../../platform/errors/refused';
import type { Db } from '../../platform/prisma/database';
import type { Tx } from '../../platform/prisma/transaction';
import { notify } from '../notification/notification.public';
import { openingsWith } from '../project/project.public';
import {
  listApplications,
  listOffers,
  moveApplication,
  moveOffer,
  type ApplicationRecord,
} from './application.repository';

/** Takes an application back; an open offer ends with it, and the lab is told why. Refuses with STATE_CHANGED, CHANGED_MEANWHILE. */
export async function withdrawApplication(
  tx: Tx,
  application: ApplicationRecord,
  why: string,
): Promise<void> {
  const { id, labId, expertId, openingId } = application;
  const state = orRefuse(move(applicationMachine, application.state, 'WITHDRAW'));
  const offers = await listOffers(tx.db, { applicationIds: [id] });
  for (const offer of offers.filter((each) => each.state === 'SENT')) {
    await moveOffer(tx.db, offer, { state: 'DECLINED', decidedAt: tx.now });
    tx.record({ subjectType: 'offer', subjectId: offer.id, from: 'SENT', to: 'DECLINED', labId, expertId });
  }
  if (!(await moveApplication(tx.db, application, { state, decidedAt: tx.now })))
    throw new Refused('CHANGED_MEANWHILE', 'This changed in another window. Load the page again.');
  tx.record({
    subjectType: 'application',
    subjectId: id,
    from: application.state,
    to: state,
    labId,
    expertId,
  });
  await notify(
    tx,
    { labId, roles: ['OWNER', 'MANAGER'] },
    {
      kind: 'WITHDRAWN',
      title: 'An application was withdrawn',
      body: `${why} The seat is still open.`,
      link: `/lab/openings/${openingId}`,
    },
  );
}

/** Work that somebody agrees to, or may. */
interface Agreed {
  readonly expertId: string;
  readonly labId: string;
  readonly openingId: string;
}

/**
 * Open applications of an expert to other labs that work rules out, since it or theirs is exclusive: while it runs, nobody could
 * make an offer on them.
 */
export async function ruledOutBy(
  db: Db,
  { expertId, labId, openingId }: Agreed,
): Promise<ApplicationRecord[]> {
  const open = (await listApplications(db, { expertId })).filter(
    (each) => each.labId !== labId && (each.state === 'APPLIED' || each.state === 'OFFERED'),
  );
  const ids = [openingId, ...open.map((each) => each.openingId)];
  const openings = await openingsWith(db, { ids: [...new Set(ids)] });
  const exclusive = new Set(openings.flatMap(({ id, isExclusive }) => (isExclusive ? [id] : [])));
  return open.filter((each) => exclusive.has(openingId) || exclusive.has(each.openingId));
}

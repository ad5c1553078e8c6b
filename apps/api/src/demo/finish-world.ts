import { randomBytes } from 'node:crypto';
import { system } from '../platform/access/actor';
import { UnitOfWork } from '../platform/prisma/unit-of-work';
import { findByEmail, setPasswordHash } from '../features/account/account.repository';
import { Passwords } from '../features/account/passwords';
import { ProveBooks } from '../features/audit/use-cases/prove-books';
import { CountTrackRecords } from '../features/matching/use-cases/count-track-records';
import { Score } from '../features/matching/use-cases/score';
import { openOpeningIds } from '../features/matching/matching.repository';
import { KeepMail } from '../features/notification/use-cases/keep-mail';
import type { Printed } from './cast';
import { lastBusiness, lastWork } from './last-touches';
import type { Play } from './make-world';
import type { Stage } from './stage';

/** An account that is printed at the start. */
export interface SignIn extends Printed {
  readonly password: string;
}

const WORLD = system('demo-world');

/**
 * Makes a loaded world ready: draws passwords, plays the present week, scores, seals and proves the books. `say` hears
 * what comes next. Returns the sign-ins to print. Throws where the books are wrong.
 */
export async function finishWorld(play: Play, say: (line: string) => void): Promise<SignIn[]> {
  const { stage, cast } = play;
  const signIns: SignIn[] = [];
  for (const printed of cast.printed)
    signIns.push({ ...printed, password: await drawPassword(stage, printed) });
  say('  playing the present week');
  await lastWork(play);
  await scoreAll(stage, say);
  await lastBusiness(play);
  await stage.use(KeepMail).run();
  say('  sealing every entry and proving the books');
  const checks = await stage.use(ProveBooks).run(cast.staff.admin);
  const faults = checks.flatMap((check) => check.faults);
  if (faults.length > 0) throw new Error(`the books of the demo world are wrong: ${faults.join('; ')}`);
  return signIns;
}

/** Sets a password that nobody knows yet, and returns it. */
async function drawPassword(stage: Stage, { email }: Printed): Promise<string> {
  const password = randomBytes(12).toString('base64url');
  const passwordHash = await stage.use(Passwords).hash(password);
  await stage.use(UnitOfWork).run(WORLD, { name: 'draw-password' }, async (tx) => {
    const account = await findByEmail(tx.db, email);
    if (!account) throw new Error(`${email} is not in the demo world`);
    await setPasswordHash(tx.db, account.id, passwordHash);
    tx.record({ subjectType: 'account', subjectId: account.id, facts: { event: 'password-changed' } });
  });
  return password;
}

/**
 * Scores every opening that is open, and the openings of every expert. How they worked is counted before, as the worker has
 * long done in a running product: otherwise its first count would move every score.
 */
async function scoreAll(stage: Stage, say: (line: string) => void): Promise<void> {
  await stage.use(CountTrackRecords).run();
  const score = stage.use(Score);
  const open = await stage.use(UnitOfWork).readAs(WORLD, ({ db }) => openOpeningIds(db));
  say(`  scoring ${open.length} openings for everybody`);
  for (const id of open) await score.opening(id);
  await score.allExperts();
}

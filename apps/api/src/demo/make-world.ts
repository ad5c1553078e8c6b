import { weekOf } from '@tallystick/domain';
import { system } from '../platform/access/actor';
import { UnitOfWork } from '../platform/prisma/unit-of-work';
import { ExpireCredentials } from '../features/credential/use-cases/expire-credentials';
import { findEngagements } from '../features/engagement/engagement.public';
import { ProveBooks } from '../features/audit/use-cases/prove-books';
import { Seal } from '../features/audit/use-cases/seal';
import { FollowPayout } from '../features/payout/use-cases/follow-payout';
import { Score } from '../features/matching/use-cases/score';
import { openOpeningIds } from '../features/matching/matching.repository';
import { KeepMail } from '../features/notification/use-cases/keep-mail';
import { conceptIdOf } from '../features/taxonomy/taxonomy.repository';
import { LoadOwnTaxonomy } from '../features/taxonomy/use-cases/load-own-taxonomy';
import { Arrivals, type SignIn } from './arrivals';
import { Calendar, type Cast } from './cast';
import { readContent, readTaxonomyText } from './content';
import { Credentials } from './credentials';
import { Hiring } from './hiring';
import { Labours } from './labours';
import { lastTouches } from './last-touches';
import { Monies } from './monies';
import { planExperts } from './people';
import { planProjects } from './projects';
import { inTurn } from './random';
import type { Stage } from './stage';

/** Weeks of the history; the last is the week of the first start. */
export const WEEKS = 13;
const HOUR_MS = 3_600_000;

/** How large a world is: 1 is the demo's. */
export interface Size {
  readonly experts: number;
  readonly projects: number;
  readonly engagements: number;
}

export const FULL_SIZE: Size = { experts: 304, projects: 22, engagements: 36 };

/** Everything that plays, with what was made so far. */
export interface Play {
  readonly stage: Stage;
  readonly cast: Cast;
  readonly calendar: Calendar;
  readonly credentials: Credentials;
  readonly hiring: Hiring;
  readonly labours: Labours;
  readonly monies: Monies;
}

/**
 * Plays three months through the product's use cases, up to the stage's end. Returns the sign-ins to print.
 * `say` hears a line for each week.
 */
export async function makeWorld(stage: Stage, size: Size, say: (line: string) => void): Promise<SignIn[]> {
  const content = readContent();
  const calendar = new Calendar(WEEKS, weekOf(stage.end).startsAt);
  const arrivals = new Arrivals(stage, content);
  const taxonomy = readTaxonomyText();
  await stage.play(calendar.at(0, 0, 5), [() => stage.use(LoadOwnTaxonomy).run(taxonomy)]);
  const concepts = conceptsOf(taxonomy);
  const [staff] = await stage.play(calendar.at(0, 0, 6), [() => arrivals.staff()]);
  if (!staff) throw new Error('there is no staff');
  const cast: Cast = { staff, labs: [], experts: [], openings: [], engagements: [], offers: [] };
  const credentials = new Credentials(stage, cast);
  const hiring = new Hiring(stage, cast, calendar, size.engagements);
  const play = {
    stage,
    cast,
    calendar,
    credentials,
    hiring,
    labours: new Labours(stage, cast),
    monies: new Monies(stage, cast, calendar),
  };
  const experts = planExperts(content, size.experts, stage.chance);
  const monday = (week: number) => calendar.at(week, 0, 0);
  const projects = planProjects(content.labs, content.fields, size.projects, WEEKS, monday, stage.chance);

  const labs = content.labs.map((lab, number) => ({
    lab,
    number,
    week: lab.fate === 'WAITING' ? WEEKS - 1 : lab.fate === 'REFUSED' ? 6 : 0,
  }));
  for (let week = 0; week < WEEKS; week++) {
    const at = (day: number, hour: number, minute = 0) => calendar.at(week, day, hour, minute);
    const playAt = async (instant: Date, acts: () => readonly (() => Promise<unknown>)[]) => {
      if (instant.getTime() <= stage.end.getTime() - 4 * HOUR_MS) await stage.play(instant, acts());
    };
    await morning(play, at(0, 5));
    const newLabs = labs.filter((each) => each.week === week);
    const newExperts = experts.filter(({ joins }) => joins === week);
    // What the last week begins with happens even where the product is first started early on a Monday.
    const first = new Date(Math.min(at(0, 7).getTime(), stage.end.getTime() - 6 * HOUR_MS));
    cast.labs.push(
      ...(await stage.play(
        first,
        newLabs.map(
          ({ lab, number }) =>
            () =>
              arrivals.lab(lab, number),
        ),
      )),
    );
    cast.experts.push(
      ...(await stage.play(
        first,
        newExperts.map((plan) => () => arrivals.expert(plan, concepts)),
      )),
    );
    await playAt(at(0, 8), () =>
      cast.labs
        .filter(
          ({ isVetted, content: lab }) =>
            !isVetted && lab.fate !== 'WAITING' && week <= 6 && newLabs.some((each) => each.lab === lab),
        )
        .map((lab) => () => arrivals.decide(staff.trust, lab)),
    );
    if (week === 0)
      await stage.play(
        at(0, 9),
        cast.labs
          .filter(({ isVetted }) => isVetted)
          .map((lab, number) => () => arrivals.reviewer(lab, number)),
      );
    await stage.play(
      new Date(Math.min(at(0, 10).getTime(), stage.end.getTime() - 5.5 * HOUR_MS)),
      newClaims(play, week),
    );
    await playAt(at(0, 11), () => play.labours.reviews());
    await playAt(at(0, 12), () => hiring.decisions());
    await playAt(at(0, 13), () => postings(play, projects, week));
    await playAt(at(0, 14), () => play.monies.fundings(week));
    await payDay(play, at(0, 17));
    await tuesdayToFriday(play, week);
    if (at(5, 6) <= stage.end) {
      await stage.play<unknown>(at(5, 6), [() => stage.use(KeepMail).run(), () => stage.use(Seal).run()]);
    }
    say(
      `  week ${week + 1} of ${WEEKS}: ${cast.experts.length} experts, ${cast.openings.length} openings, ${cast.engagements.length} engagements`,
    );
  }
  await lastTouches(play);
  await finish(play, say);
  return arrivals.signIns;
}

/** What the product does by itself each day. */
async function morning({ stage, cast }: Play, at: Date): Promise<void> {
  if (at > stage.end) return;
  await stage.play(at, [
    async () => {
      await stage.job('engagement', 'run-weeks');
      await stage.job('engagement', 'silence-approves');
      await stage.job('engagement', 'expire-offers');
      await stage.use(ExpireCredentials).run();
    },
  ]);
  await markEnded(stage, cast);
}

/** Engagements whose notice has run out are not worked in any more. */
async function markEnded(stage: Stage, cast: Cast): Promise<void> {
  const noticed = cast.engagements.filter(({ hasNotice, isEnded }) => hasNotice && !isEnded);
  if (noticed.length === 0) return;
  const rows = await stage.use(UnitOfWork).readAs(system('demo-world'), ({ db }) =>
    findEngagements(
      db,
      noticed.map(({ id }) => id),
    ),
  );
  for (const each of noticed) {
    each.isEnded = rows.some(({ id, state }) => id === each.id && state === 'ENDED');
    if (each.isEnded) each.expert.isTaken = false;
  }
}

function newClaims({ cast, credentials }: Play, week: number): (() => Promise<unknown>)[] {
  return cast.experts.flatMap((expert) =>
    expert.plan.claims
      .filter((plan) => {
        const isLate = plan.fate === 'SUBMITTED' || plan.fate === 'IN_REVIEW';
        return (isLate ? WEEKS - 1 : expert.plan.joins) === week;
      })
      .map((plan) => () => credentials.claim(expert, plan)),
  );
}

function postings(
  { cast, hiring }: Play,
  projects: ReturnType<typeof planProjects>,
  week: number,
): (() => Promise<unknown>)[] {
  return projects
    .filter((project) => project.week === week)
    .flatMap((project) => {
      const lab = cast.labs.find(({ content }) => content === project.lab);
      return lab ? [() => hiring.post(lab, project)] : [];
    });
}

async function payDay({ stage }: Play, at: Date): Promise<void> {
  if (at.getTime() > stage.end.getTime() - 4 * HOUR_MS) return;
  await stage.play(at, [() => stage.job('payout', 'run-payouts')]);
  await stage.use(FollowPayout).poll();
}

async function tuesdayToFriday(play: Play, week: number): Promise<void> {
  const { stage, cast, calendar, credentials, hiring, labours, monies } = play;
  const playAt = async (day: number, hour: number, acts: () => readonly (() => Promise<unknown>)[]) => {
    const instant = calendar.at(week, day, hour);
    if (instant.getTime() <= stage.end.getTime() - 4 * HOUR_MS) await stage.play(instant, acts());
  };
  const late = new Date(stage.end.getTime() - 5 * HOUR_MS);
  const isLast = week === WEEKS - 1;
  await playAt(1, 9, () => labours.starts());
  await playAt(1, 13, () => labours.stops());
  if (!isLast) await stage.play(calendar.at(week, 1, 15), credentials.firstLook());
  await playAt(1, 16, () => labours.replies());
  await morning(play, calendar.at(week, 2, 5));
  if (!isLast) await stage.play(calendar.at(week, 2, 11), credentials.secondLook());
  await playAt(2, 12, () => changesOf(play, week));
  await payDay(play, calendar.at(week, 2, 17));
  await morning(play, calendar.at(week, 3, 5));
  await playAt(3, 9, () => labours.starts());
  await playAt(3, 13, () => labours.stops());
  await playAt(3, 14, () => (week === 0 ? [firstHire(play)] : []));
  await playAt(3, 15, () => hiring.asks());
  await playAt(3, 16, () => labours.settlements());
  await playAt(4, 11, () => hiring.answers(week));
  await playAt(4, 12, () => monies.fundings(week));
  await playAt(4, 15, () => labours.entries(calendar.at(week, 2, 14)));
  await playAt(4, 16, () =>
    labours.handIns(({ lab, expert }) => isLast && (expert.plan.number === 0 || lab === cast.labs[0])),
  );
  await payDay(play, calendar.at(week, 4, 17));
  // Whatever day it is, one verifier has looked at the claims of the last week.
  if (isLast) await stage.play(late, credentials.firstLook());
}

/** The demo's own expert takes the first opening of the demo's own lab. */
function firstHire({ cast, hiring }: Play): () => Promise<unknown> {
  return async () => {
    const expert = cast.experts.find(({ plan }) => plan.number === 0);
    const opening = cast.openings.find(
      ({ lab, layer }) => lab === cast.labs[0] && layer.opening.credentials.length > 0,
    );
    if (!expert || !opening) throw new Error('the first opening is not there');
    await hiring.hireFirst(opening, expert);
  };
}

/** What happens once: take rates change, a payment fails, money goes back, credentials stop, notice is given. */
function changesOf(
  { stage, cast, calendar, credentials, labours, monies }: Play,
  week: number,
): (() => Promise<unknown>)[] {
  const lab = (number: number) => inTurn(cast.labs, number);
  const next = calendar.at(week + 1, 0, 0);
  switch (week) {
    case 2:
      return monies.takeRate(
        125_000,
        next,
        'Agreed with the lab for the volume of its first quarter.',
        lab(1),
      );
    case 3:
      return monies.failedFunding(lab(2));
    case 4:
      return [async () => stage.rail.set('failures', { kind: 'transfer', failure: 'refused' })];
    case 5:
      return [...monies.refund(lab(4)), ...notices(labours, cast, 3)];
    case 6:
      return [
        ...monies.takeRate(
          140_000,
          next,
          'The default goes from 15 % to 14 % of agreed pay: payments cost us less than planned.',
        ),
        ...notices(labours, cast, 3),
      ];
    case 7:
      return [
        ...credentials.stops('SUSPENDED'),
        async () => stage.rail.set('failures', { kind: 'payout', failure: 'fails' }),
      ];
    case 8:
      return [...credentials.stops('REVOKED'), ...notices(labours, cast, 2)];
    case 9:
      return monies.takeRate(
        110_000,
        next,
        'The second quarter of the agreement: more hours, a lower rate.',
        lab(1),
      );
    case 10:
      return [...monies.refund(lab(6)), ...notices(labours, cast, 1)];
    case 11:
      return notices(labours, cast, 2);
    default:
      return [];
  }
}

function notices(labours: Labours, cast: Cast, count: number): (() => Promise<unknown>)[] {
  return cast.engagements
    .filter(({ isEnded, hasNotice, expert }) => !isEnded && !hasNotice && expert.plan.number !== 0)
    .slice(0, count)
    .map((each, index) => () => labours.giveNotice(each, index % 2 === 0));
}

/** Scores every opening and expert, keeps the mail, seals everything and proves the books. Throws where they are wrong. */
async function finish({ stage, cast }: Play, say: (line: string) => void): Promise<void> {
  say(`  scoring ${cast.openings.length} openings and ${cast.experts.length} experts`);
  const score = stage.use(Score);
  const open = await stage.use(UnitOfWork).readAs(system('demo-world'), ({ db }) => openOpeningIds(db));
  for (const id of open) await score.opening(id);
  await score.allExperts();
  say('  sealing the journal');
  await stage.use(KeepMail).run();
  await stage.use(Seal).run();
  say('  proving the books');
  const checks = await stage.use(ProveBooks).run(cast.staff.admin);
  const faults = checks.flatMap((check) => check.faults);
  if (faults.length > 0) throw new Error(`the books of the demo world are wrong: ${faults.join('; ')}`);
}

/** Concepts of the product's own list by the name of the skill. */
function conceptsOf(text: string): Map<string, string> {
  const { concepts } = JSON.parse(text) as { concepts: { id: string; kind: string; label: string }[] };
  return new Map(
    concepts.filter(({ kind }) => kind === 'SKILL').map(({ id, label }) => [label, conceptIdOf('OWN', id)]),
  );
}

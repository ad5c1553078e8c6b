import { system } from '../platform/access/actor';
import { UnitOfWork } from '../platform/prisma/unit-of-work';
import { ExpireCredentials } from '../features/credential/use-cases/expire-credentials';
import { findEngagements } from '../features/engagement/engagement.public';
import { FollowPayout } from '../features/payout/use-cases/follow-payout';
import { KeepMail } from '../features/notification/use-cases/keep-mail';
import { conceptIdOf } from '../features/taxonomy/taxonomy.repository';
import { LoadOwnTaxonomy } from '../features/taxonomy/use-cases/load-own-taxonomy';
import { Arrivals } from './arrivals';
import { Calendar, type Cast, type DemoEngagement } from './cast';
import { readContent, readTaxonomyText, type LabContent } from './content';
import { Credentials } from './credentials';
import { Hiring } from './hiring';
import { Labours } from './labours';
import { Monies } from './monies';
import { planExperts } from './people';
import { planProjects } from './projects';
import { Chance, inTurn } from './random';
import { Readers } from './readers';
import type { Stage } from './stage';

/** Weeks of the history; the week after the last is the one of the first start. */
export const WEEKS = 13;
const WEEK_MS = 7 * 86_400_000;

/** How large a world is. */
export interface Size {
  readonly experts: number;
  readonly projects: number;
  readonly engagements: number;
}

/** Everything that plays, with what was made so far. */
export interface Play {
  readonly stage: Stage;
  readonly cast: Cast;
  readonly calendar: Calendar;
  readonly credentials: Credentials;
  readonly hiring: Hiring;
  readonly labours: Labours;
  readonly monies: Monies;
  readonly readers: Readers;
}

/** Experts and projects as they will be made: the same seed and size give the same ones. */
export function plansOf(seed: number, size: Size, calendar: Calendar) {
  const chance = new Chance(seed);
  const content = readContent();
  const monday = (week: number) => calendar.at(week, 0, 0);
  return {
    content,
    experts: planExperts(content, size.experts, chance),
    projects: planProjects(content.labs, content.fields, size.projects, WEEKS, monday, chance),
  };
}

/** The calendar of a history that ends on a Monday at 00:00 UTC. */
export function calendarBefore(end: Date): Calendar {
  return new Calendar(WEEKS, new Date(end.getTime() - WEEK_MS));
}

/** Those who play, around a cast. */
export function playOf(stage: Stage, cast: Cast, calendar: Calendar, engagements: number): Play {
  return {
    stage,
    cast,
    calendar,
    credentials: new Credentials(stage, cast),
    hiring: new Hiring(stage, cast, calendar, engagements),
    labours: new Labours(stage, cast),
    monies: new Monies(stage, cast, calendar),
    readers: new Readers(stage, cast),
  };
}

/**
 * Plays thirteen whole weeks through the product's use cases, up to the Monday at which the stage ends. Returns
 * everybody and everything that was made. `say` hears a line for each week.
 */
export async function makeWorld(
  stage: Stage,
  plans: ReturnType<typeof plansOf>,
  engagements: number,
  say: (line: string) => void,
): Promise<Cast> {
  const calendar = calendarBefore(stage.end);
  const arrivals = new Arrivals(stage, plans.content);
  const taxonomy = readTaxonomyText();
  await stage.play(calendar.at(0, 0, 5), [() => stage.use(LoadOwnTaxonomy).run(taxonomy)]);
  const concepts = conceptsOf(taxonomy);
  const [staff] = await stage.play(calendar.at(0, 0, 6), [() => arrivals.staff()]);
  if (!staff) throw new Error('there is no staff');
  const cast: Cast = {
    staff,
    printed: arrivals.printed,
    labs: [],
    experts: [],
    openings: [],
    engagements: [],
    offers: [],
  };
  const play = playOf(stage, cast, calendar, engagements);
  for (let week = 0; week < WEEKS; week++) {
    await monday(play, arrivals, plans, concepts, week);
    await tuesdayToFriday(play, week);
    await stage.play(calendar.at(week, 5, 6), [() => stage.use(KeepMail).run()]);
    say(
      `  week ${week + 1} of ${WEEKS}: ${cast.experts.length} experts, ${cast.openings.length} openings, ${cast.engagements.length} engagements`,
    );
  }
  return cast;
}

/** People arrive, weeks are reviewed, offers answered, projects posted, money put in. */
async function monday(
  play: Play,
  arrivals: Arrivals,
  { content, experts, projects }: ReturnType<typeof plansOf>,
  concepts: ReadonlyMap<string, string>,
  week: number,
): Promise<void> {
  const { stage, cast, calendar, hiring, labours, monies } = play;
  const at = (hour: number) => calendar.at(week, 0, hour);
  await morning(play, at(5));
  const labs = content.labs.filter(({ fate }) => arrivalOf(fate) === week);
  cast.labs.push(
    ...(await stage.play(
      at(7),
      labs.map((lab) => () => arrivals.lab(lab, content.labs.indexOf(lab))),
    )),
  );
  cast.experts.push(
    ...(await stage.play(
      at(7),
      experts.filter(({ joins }) => joins === week).map((plan) => () => arrivals.expert(plan, concepts)),
    )),
  );
  await stage.play(
    at(8),
    cast.labs
      .filter(({ content: lab }) => labs.includes(lab) && lab.fate !== 'WAITING')
      .map((lab) => () => arrivals.decide(cast.staff.trust, lab)),
  );
  if (week === 0)
    await stage.play(
      at(9),
      cast.labs.filter(({ isVetted }) => isVetted).map((lab, number) => () => arrivals.reviewer(lab, number)),
    );
  await stage.play(at(10), newClaims(play, week));
  await stage.play(at(11), labours.reviews());
  await stage.play(at(12), hiring.decisions());
  await stage.play(at(13), postings(play, projects, week));
  await stage.play(at(14), monies.fundings(week));
  await payDay(play, at(17));
}

/** The week in which a lab signs up. */
function arrivalOf(fate: LabContent['fate']): number {
  return fate === 'WAITING' ? WEEKS - 1 : fate === 'REFUSED' ? 6 : 0;
}

/** What the product does by itself each day. */
export async function morning({ stage, cast }: Play, at: Date): Promise<void> {
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
  await stage.play(at, [() => stage.job('payout', 'run-payouts')]);
  await stage.use(FollowPayout).poll();
}

async function tuesdayToFriday(play: Play, week: number): Promise<void> {
  const { stage, cast, calendar, credentials, hiring, labours, monies, readers } = play;
  const at = (day: number, hour: number) => calendar.at(week, day, hour);
  const isLast = week === WEEKS - 1;
  await stage.play(at(1, 9), labours.starts());
  await stage.play(at(1, 13), labours.stops());
  await stage.play(at(1, 15), credentials.firstLook());
  await stage.play(at(1, 16), labours.replies());
  await morning(play, at(2, 5));
  await stage.play(at(2, 11), credentials.secondLook());
  await stage.play(at(2, 12), changesOf(play, week));
  await payDay(play, at(2, 17));
  await morning(play, at(3, 5));
  await stage.play(at(3, 9), labours.starts());
  await stage.play(at(3, 13), labours.stops());
  await readers.lists();
  if (week === 0) await stage.play(at(3, 14), [firstHire(play)]);
  await stage.play(at(3, 15), hiring.asks());
  await stage.play(at(3, 16), labours.settlements());
  await stage.play(at(4, 11), hiring.answers(week));
  await stage.play(at(4, 12), monies.fundings(week));
  await stage.play(at(4, 15), labours.entries(at(2, 14)));
  // Of the last week some is handed in when the product is first started.
  await stage.play(
    at(4, 16),
    labours.handIns((each) => isLast && isHandedInLate(cast, each)),
  );
  // Whoever is payable after the last week is paid when the product is first started.
  if (!isLast) await payDay(play, at(4, 17));
  await readers.bells();
}

/** Weeks that are handed in after the history: those of the demo's own lab, and every third of the others. */
function isHandedInLate({ labs, engagements }: Cast, each: DemoEngagement): boolean {
  return each.lab === labs[0] || engagements.indexOf(each) % 3 === 0;
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
      return monies.takeRate({
        ...{ scope: 'LAB', labId: lab(1).labId, labFeePpm: 125_000, effectiveFrom: next },
        reason: 'Agreed with the lab for the volume of its first quarter.',
      });
    case 3:
      return monies.failedFunding(lab(2));
    case 4:
      return [async () => stage.rail.set('failures', { kind: 'transfer', failure: 'refused' })];
    case 5:
      return [...monies.refund(lab(4)), ...notices(labours, cast, 3)];
    case 6:
      return [
        ...monies.takeRate({
          ...{ scope: 'PROMO', labFeePpm: 120_000, effectiveFrom: next },
          effectiveTo: calendar.at(week + 4, 0, 0),
          reason: 'Three weeks at a lower rate for offers to everybody; the default holds again after them.',
        }),
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
      return [
        ...monies.takeRate({
          ...{ scope: 'LAB', labId: lab(1).labId, labFeePpm: 110_000, effectiveFrom: next },
          reason: 'The second quarter of the agreement: more hours, a lower rate.',
        }),
        ...pairRate(monies, cast, next),
      ];
    case 10:
      return [...monies.refund(lab(6)), ...notices(labours, cast, 1)];
    case 11:
      return notices(labours, cast, 2);
    default:
      return [];
  }
}

/** A lab and an expert of its own have a rate between them. */
function pairRate(monies: Monies, { labs, engagements }: Cast, effectiveFrom: Date) {
  const pair = engagements.find(({ lab, isEnded }) => lab !== labs[0] && lab !== labs[1] && !isEnded);
  if (!pair) return [];
  const whom = { labId: pair.lab.labId, expertId: pair.expert.expertId };
  return monies.takeRate({
    ...{ scope: 'LAB_EXPERT', ...whom, labFeePpm: 100_000, effectiveFrom },
    reason: 'The lab brings this expert along: a lower rate for what they agree on from now on.',
  });
}

function notices(labours: Labours, cast: Cast, count: number): (() => Promise<unknown>)[] {
  return cast.engagements
    .filter(({ isEnded, hasNotice, expert }) => !isEnded && !hasNotice && expert.plan.number !== 0)
    .slice(0, count)
    .map((each, index) => () => labours.giveNotice(each, index % 2 === 0));
}

/** Concepts of the product's own list by the name of the skill. */
function conceptsOf(text: string): Map<string, string> {
  const { concepts } = JSON.parse(text) as { concepts: { id: string; kind: string; label: string }[] };
  return new Map(
    concepts.filter(({ kind }) => kind === 'SKILL').map(({ id, label }) => [label, conceptIdOf('OWN', id)]),
  );
}

import { weekOf } from '@tallystick/domain';
import { ReviewApplication } from '../features/application/use-cases/review-application';
import type { DemoEngagement } from './cast';
import { morning, type Play } from './make-world';

const MINUTE_MS = 60_000;

/**
 * The hours before the first start, played where the snapshot ends: whoever signs in finds something that waits for
 * them, whatever day it is. A lab has weeks to review and applications to answer, its expert drafts of this week, money
 * is on its way.
 */
export async function lastWork(play: Play): Promise<void> {
  const { stage, cast, labours } = play;
  const ago = agoOf(play);
  await morning(play, ago(230));
  const leaving = cast.engagements.findLast(
    ({ lab, isEnded, hasNotice }) => lab !== cast.labs[0] && !isEnded && !hasNotice,
  );
  await stage.play(ago(220), reviewed(play));
  await stage.play(ago(210), leaving ? [() => labours.giveNotice(leaving, false)] : []);
  await paid(play, ago(200));
  await stage.play(
    ago(60),
    ownOf(play).map((each) => () => labours.handIn(each)),
  );
}

/** What waits for an answer when the product is first started. Everybody is scored by then: what comes of fits is kept with its score. */
export async function lastBusiness(play: Play): Promise<void> {
  await play.stage.play(agoOf(play)(40), openBusiness(play));
  for (const each of ownOf(play)) await drafts(play, each);
}

function agoOf({ stage }: Play): (minutes: number) => Date {
  return (minutes) => new Date(stage.end.getTime() - minutes * MINUTE_MS);
}

/** Running engagements of the demo's own lab. */
function ownOf({ cast }: Play): DemoEngagement[] {
  return cast.engagements.filter(({ lab, isEnded }) => lab === cast.labs[0] && !isEnded);
}

/** Money that is on its way when the product is first started, and one payout that the rail refused. */
async function paid({ stage }: Play, at: Date): Promise<void> {
  await stage.rail.set('delays', { payout: 86_400, payment: 0, onboarding: 0 });
  await stage.play(at, [
    async () => {
      await stage.rail.set('failures', { kind: 'transfer', failure: 'refused' });
      await stage.job('payout', 'run-payouts');
    },
  ]);
  await stage.rail.set('delays', { payment: 2, onboarding: 0, payout: 3 });
}

/** Weeks that are late at other labs are submitted and reviewed; one gets a question, one stays. */
function reviewed({ cast, labours, stage }: Play): (() => Promise<unknown>)[] {
  const waiting = cast.engagements.filter(
    (each) => each.handedInId !== undefined && each.lab !== cast.labs[0],
  );
  const early = cast.engagements
    .filter((each) => each.sheetId !== undefined && each.lab !== cast.labs[0])
    .slice(0, 8);
  const handIns = early.map((each, index) => async () => {
    await labours.handIn(each);
    const { handedInId } = each;
    if (handedInId === undefined) return;
    each.handedInId = undefined;
    if (index === 0) await labours.question(each, handedInId);
    else if (index > 1) await labours.approve(each, handedInId);
  });
  const approvals = waiting.slice(0, 4).map((each) => async () => {
    const { handedInId } = each;
    each.handedInId = undefined;
    if (handedInId !== undefined) await stage.tolerating(() => labours.approve(each, handedInId));
  });
  return [...handIns, ...approvals];
}

/** An entry of the last forty minutes, as far as this week goes back. */
async function drafts({ stage, labours }: Play, each: DemoEngagement): Promise<void> {
  const end = stage.end.getTime() - 2 * MINUTE_MS;
  const start = Math.max(end - 38 * MINUTE_MS, weekOf(stage.end).startsAt.getTime());
  const minutes = Math.floor((end - start) / MINUTE_MS);
  if (minutes < 2) return;
  await stage.play(new Date(end), [() => labours.enter(each, new Date(start), minutes)]);
}

/** Applications and offers that wait for an answer. */
function openBusiness({ stage, cast, hiring }: Play): (() => Promise<unknown>)[] {
  const open = cast.openings.filter(({ seatsLeft }) => seatsLeft > 0);
  const ours = open.filter(({ lab }) => lab === cast.labs[0]);
  const invited = open.at(-1);
  const expert = cast.experts.find(({ plan }) => plan.number === 0);
  return [
    ...ours.slice(0, 2).map((opening) => () => hiring.applyNow(opening)),
    ...open.slice(-4, -2).map((opening) => () => hiring.applyNow(opening)),
    ...open.slice(-2).map((opening) => () => hiring.offerNow(opening)),
    async () => {
      if (!invited || !expert) return;
      const message = 'We read your profile and would like you to look at this layer.';
      await stage.use(ReviewApplication).invite(invited.lab.owner, {
        openingId: invited.id,
        expertId: expert.expertId,
        message,
        idempotencyKey: stage.key(),
      });
    },
  ];
}

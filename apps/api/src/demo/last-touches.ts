import { weekOf } from '@tallystick/domain';
import { ReviewApplication } from '../features/application/use-cases/review-application';
import type { DemoEngagement } from './cast';
import type { Play } from './make-world';

const MINUTE_MS = 60_000;

/**
 * The last hours before the first start: whoever signs in finds something that waits for them, whatever day it is.
 * Their lab has a week to review and an application to answer, their expert drafts of this week, money is on its way.
 */
export async function lastTouches(play: Play): Promise<void> {
  const { stage, cast, labours } = play;
  const ago = (minutes: number) => new Date(stage.end.getTime() - minutes * MINUTE_MS);
  const mine = cast.engagements.filter(({ lab, isEnded }) => lab === cast.labs[0] && !isEnded);
  const colleagues = mine.filter(({ expert }) => expert.plan.number !== 0);
  await stage.play(ago(230), [() => stage.job('engagement', 'run-weeks')]);
  // Money that is on its way when the product is first started, and one payout that the rail refused.
  await stage.play(ago(220), reviewed(play));
  await stage.rail.set('delays', { payout: 86_400, payment: 0, onboarding: 0 });
  await stage.play(ago(200), [
    async () => {
      await stage.rail.set('failures', { kind: 'transfer', failure: 'refused' });
      await stage.job('payout', 'run-payouts');
    },
  ]);
  await stage.rail.set('delays', { payment: 2, onboarding: 0, payout: 3 });
  for (const each of mine) await drafts(play, each, ago(100));
  const [first, second] = colleagues;
  await stage.play(ago(60), first ? [() => labours.handIn(first)] : []);
  await stage.play(ago(55), second ? [() => labours.handIn(second)] : []);
  await stage.play(ago(40), openBusiness(play));
}

/** Weeks that wait at other labs are reviewed now; one gets a question, one stays. */
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

/** An entry of the last hour and a half, as far as this week goes back. */
async function drafts({ stage, labours }: Play, each: DemoEngagement, from: Date): Promise<void> {
  const start = new Date(Math.max(from.getTime(), weekOf(stage.end).startsAt.getTime()));
  const minutes = Math.floor((stage.end.getTime() - start.getTime()) / MINUTE_MS) - 65;
  if (minutes < 2) return;
  await stage.play(new Date(stage.end.getTime() - 62 * MINUTE_MS), [
    () => labours.enter(each, start, Math.min(35, minutes)),
  ]);
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

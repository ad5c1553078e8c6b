import { ReviewApplication } from '../features/application/use-cases/review-application';
import { Apply } from '../features/application/use-cases/apply';
import { SignEngagement } from '../features/engagement/use-cases/sign-engagement';
import { SetUpAccount } from '../features/payout/use-cases/set-up-account';
import { PublishProject } from '../features/project/use-cases/publish-project';
import { SaveProject } from '../features/project/use-cases/save-project';
import { openingsWith } from '../features/project/project.public';
import { UnitOfWork } from '../platform/prisma/unit-of-work';
import type { Calendar, Cast, DemoExpert, DemoLab, DemoOffer, DemoOpening } from './cast';
import { dayOf, type PlannedProject } from './projects';
import type { Stage } from './stage';

const GATES = [
  'CREDENTIAL_MISSING',
  'COUNTRY_NOT_ALLOWED',
  'CONFLICT_OF_INTEREST',
  'LANGUAGE_MISSING',
  'OPENING_CLOSED',
  'ALREADY_APPLIED',
];
const NOTES = [
  'I do this work every week and can begin on Monday.',
  'I have written rubrics for this before and can show two of them.',
  'Evenings and Saturdays suit me best; ten hours are realistic.',
  '',
];

/** Projects are posted, people apply and are invited, offers are sent and answered. */
export class Hiring {
  constructor(
    private readonly stage: Stage,
    private readonly cast: Cast,
    private readonly calendar: Calendar,
    /** How many engagements the whole history has, about. */
    private readonly engagements: number,
  ) {}

  /** A lab writes a project and publishes it, unless it stays a draft. */
  async post(lab: DemoLab, plan: PlannedProject): Promise<void> {
    const { stage } = this;
    const openings = plan.layers.map(({ opening }) => opening);
    const projectId = await stage
      .use(SaveProject)
      .run(lab.owner, { ...plan.project, openings, idempotencyKey: stage.key() });
    if (plan.isDraft) return;
    await stage.use(PublishProject).run(lab.owner, projectId, stage.key());
    const made = await stage
      .use(UnitOfWork)
      .readAs(lab.owner, ({ db }) => openingsWith(db, { projectIds: [projectId] }));
    for (const layer of plan.layers) {
      const found = made.find(({ title }) => title === layer.opening.title);
      if (!found) throw new Error('the opening is not there');
      const seatsLeft = layer.opening.seats;
      this.cast.openings.push({
        id: found.id,
        lab,
        layer,
        project: plan,
        asked: new Set(),
        applications: [],
        seatsLeft,
      });
    }
  }

  /** Some experts apply, some are invited first. */
  asks(): (() => Promise<void>)[] {
    const { chance } = this.stage;
    return this.cast.openings
      .filter(
        ({ seatsLeft, applications }) =>
          seatsLeft > 0 && applications.filter(({ isOpen }) => isOpen).length < 4,
      )
      .flatMap((opening) =>
        chance.some(this.suitable(opening), chance.between(0, 2)).map((expert) => {
          opening.asked.add(expert.expertId);
          return () => this.ask(opening, expert);
        }),
      );
  }

  /** Labs answer applications: most get an offer, some are declined with a reason. */
  answers(week: number): (() => Promise<void>)[] {
    const { chance } = this.stage;
    // People are hired all along, not in the first weeks only.
    const share = 0.4 + (0.6 * week) / this.calendar.weeks;
    const most = this.engagements * 1.25 * share;
    return this.cast.openings.flatMap((opening) =>
      opening.applications
        .filter(({ isOpen }) => isOpen)
        .flatMap((application) => {
          const isFull = this.cast.offers.length >= most;
          if (!isFull && opening.seatsLeft > 0 && !application.expert.isTaken && chance.happens(0.75)) {
            application.isOpen = false;
            application.expert.isTaken = true;
            return [() => this.offer(opening, application)];
          }
          if (!chance.happens(0.3)) return [];
          application.isOpen = false;
          return [
            () => (chance.happens(0.7) ? this.decline(opening, application.id) : this.withdraw(application)),
          ];
        }),
    );
  }

  /** Experts answer offers; some are left to lapse, a few are taken back by the lab. */
  decisions(): (() => Promise<void>)[] {
    return this.cast.offers
      .filter(({ isOpen }) => isOpen)
      .flatMap((offer, index) => {
        offer.isOpen = false;
        const isDemo = offer.expert.plan.number === 0;
        const turn = isDemo ? 0 : (index + this.stage.chance.between(0, 13)) % 14;
        if (turn === 3) return [() => this.declineOffer(offer)];
        if (turn === 7) return [() => this.takeBack(offer)];
        // Nobody answers: the day comes on which it lapses.
        if (turn === 11) return [];
        return [() => this.accept(offer)];
      });
  }

  /** One application that nobody has answered yet. */
  async applyNow(opening: DemoOpening): Promise<boolean> {
    for (const expert of this.suitable(opening)) {
      opening.asked.add(expert.expertId);
      if (await this.apply(opening, expert)) return true;
    }
    return false;
  }

  /** One offer that nobody has answered yet. */
  async offerNow(opening: DemoOpening): Promise<void> {
    if (!(await this.applyNow(opening))) return;
    const application = opening.applications.at(-1);
    if (!application) return;
    application.isOpen = false;
    application.expert.isTaken = true;
    await this.offer(opening, application);
  }

  /** The first engagement of the demo's own expert comes about whatever chance says. */
  async hireFirst(opening: DemoOpening, expert: DemoExpert): Promise<DemoOffer> {
    opening.asked.add(expert.expertId);
    if (!(await this.apply(opening, expert)))
      throw new Error('the first expert cannot take the first opening');
    const application = opening.applications.at(-1);
    if (!application) throw new Error('the application is not there');
    application.isOpen = false;
    expert.isTaken = true;
    await this.offer(opening, application);
    const offer = this.cast.offers.at(-1);
    if (!offer) throw new Error('the offer is not there');
    return offer;
  }

  /** Accepts an offer and sets up where the money goes; one in twelve leaves that for later. */
  async accept(offer: DemoOffer): Promise<void> {
    const { stage } = this;
    offer.isOpen = false;
    const { opening, expert } = offer;
    const isSigned = await stage.tolerating(
      async () => {
        const id = await stage.use(SignEngagement).run(expert.person, offer.id, stage.key());
        const weekMinor = Math.ceil(offer.rateMinor * offer.capHours * 1.15);
        const isNew = { isEnded: false, hasNotice: false, isTracking: false };
        this.cast.engagements.push({ id, lab: opening.lab, opening, expert, weekMinor, ...isNew });
      },
      ...GATES,
      'NO_SEAT_LEFT',
    );
    if (!isSigned) return void (expert.isTaken = false);
    opening.seatsLeft--;
    if (this.cast.engagements.length % 12 !== 0) await stage.use(SetUpAccount).run(expert.person);
  }

  private suitable(opening: DemoOpening): DemoExpert[] {
    const { field, speciality, opening: layer } = opening.layer;
    const fits = ({ plan, isTaken, expertId, claims }: DemoExpert) =>
      plan.field === field &&
      plan.number !== 0 &&
      !isTaken &&
      plan.profile.isVisibleToLabs &&
      !opening.asked.has(expertId) &&
      layer.credentials.every(({ type }) =>
        claims.some(
          ({ plan: claim, step }) => claim.type === type && claim.fate === 'VERIFIED' && step === 'DONE',
        ),
      );
    const all = this.cast.experts.filter(fits);
    const own = all.filter(({ plan }) => plan.speciality === speciality);
    return own.length > 0 ? own : all;
  }

  private async ask(opening: DemoOpening, expert: DemoExpert): Promise<void> {
    const { stage } = this;
    const isInvited = stage.chance.happens(0.4);
    if (isInvited) {
      const message = `Your work on ${expert.plan.speciality.topics[0]} is close to what we need. Would you apply?`;
      const input = {
        openingId: opening.id,
        expertId: expert.expertId,
        message,
        idempotencyKey: stage.key(),
      };
      await stage.use(ReviewApplication).invite(opening.lab.owner, input);
    }
    if (!isInvited || stage.chance.happens(0.5)) await this.apply(opening, expert);
  }

  private async apply(opening: DemoOpening, expert: DemoExpert): Promise<boolean> {
    const { stage } = this;
    return stage.tolerating(
      async () => {
        const note = stage.chance.pick(NOTES);
        const input = { openingId: opening.id, note, idempotencyKey: stage.key() };
        const id = await stage.use(Apply).run(expert.person, input);
        opening.applications.push({ id, expert, isOpen: true });
      },
      ...GATES,
    );
  }

  private async offer(opening: DemoOpening, application: DemoOpening['applications'][number]): Promise<void> {
    const { stage } = this;
    const { rateMinMinor, rateMaxMinor } = opening.layer.opening;
    const [least, most] = [Number(rateMinMinor), Number(rateMaxMinor)];
    const rateMinor = least + Math.floor(((most - least) * stage.chance.between(10, 70)) / 100 / 25) * 25;
    const capHours = stage.chance.between(10, 14);
    const startsOn = dayOf(new Date(Math.max(stage.now().getTime(), this.nextMonday().getTime())));
    await stage.tolerating(
      async () => {
        const id = await stage.use(ReviewApplication).offer(opening.lab.owner, {
          applicationId: application.id,
          rateMinorPerHour: String(rateMinor),
          weeklyCapHours: capHours,
          noticeDays: stage.chance.pick([7, 7, 14]),
          startsOn,
          idempotencyKey: stage.key(),
        });
        this.cast.offers.push({ id, opening, expert: application.expert, rateMinor, capHours, isOpen: true });
      },
      ...GATES,
      'NO_SEAT_LEFT',
    );
  }

  private nextMonday(): Date {
    const now = this.stage.now();
    for (let week = 0; week <= this.calendar.weeks; week++)
      if (this.calendar.at(week, 0, 0) > now) return this.calendar.at(week, 0, 0);
    return now;
  }

  private async decline(opening: DemoOpening, applicationId: string): Promise<void> {
    const reason =
      'We chose people whose listed work is closer to this layer. Please apply again for others.';
    await this.stage.use(ReviewApplication).decline(opening.lab.owner, { applicationId, reason });
  }

  private async withdraw(application: DemoOpening['applications'][number]): Promise<void> {
    await this.stage.use(Apply).withdraw(application.expert.person, application.id);
  }

  private async declineOffer({ id, expert }: DemoOffer): Promise<void> {
    await this.stage.use(ReviewApplication).declineOffer(expert.person, id);
    expert.isTaken = false;
  }

  private async takeBack({ id, expert, opening }: DemoOffer): Promise<void> {
    await this.stage.use(ReviewApplication).withdrawOffer(opening.lab.owner, id);
    expert.isTaken = false;
  }
}

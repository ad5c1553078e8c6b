import type { Person } from '../platform/access/actor';
import { MatchingQueries } from '../features/matching/matching.queries';
import { CountTrackRecords } from '../features/matching/use-cases/count-track-records';
import { FollowRelease } from '../features/matching/use-cases/follow-release';
import { NoteShown } from '../features/matching/use-cases/note-shown';
import { Score } from '../features/matching/use-cases/score';
import { NotificationQueries } from '../features/notification/notification.queries';
import { MarkNotificationsRead } from '../features/notification/use-cases/mark-notifications-read';
import type { Cast } from './cast';
import type { Stage } from './stage';

/** Candidates of a list that its page shows at once. */
const FIRST_PAGE = 20;
/** Notices that one can mark at once. */
const NOTICES_AT_ONCE = 100;

/** People read: labs the lists of their openings, everybody what is behind the bell. */
export class Readers {
  constructor(
    private readonly stage: Stage,
    private readonly cast: Cast,
  ) {}

  /** Everything is scored, and of every opening with a free seat its lab reads the first page: whom it was shown is kept. */
  async lists(): Promise<void> {
    const { stage, cast } = this;
    await stage.use(FollowRelease).run();
    await stage.use(CountTrackRecords).run();
    for (const { id, lab } of cast.openings.filter(({ seatsLeft }) => seatsLeft > 0)) {
      await stage.use(Score).opening(id);
      await stage.use(MatchingQueries).shortlist(lab.owner, id, {}, { first: FIRST_PAGE });
    }
    await stage.use(NoteShown).flush();
    await stage.use(Score).allExperts();
  }

  /** Everybody marks as read what they were told so far. */
  async bells(): Promise<void> {
    const { staff, labs, experts } = this.cast;
    for (const person of [
      ...[staff.admin, ...staff.verifiers, staff.trust, staff.finance],
      ...labs.flatMap(({ owner, reviewer }) => (owner === reviewer ? [owner] : [owner, reviewer])),
      ...experts.map(({ person: expert }) => expert),
    ])
      await this.bell(person);
  }

  private async bell(person: Person): Promise<void> {
    const { stage } = this;
    const queries = stage.use(NotificationQueries);
    for (let after: string | undefined; (await queries.unread(person)) > 0;) {
      const { edges, pageInfo } = await queries.list(person, { first: NOTICES_AT_ONCE, after });
      const ids = edges.filter(({ node }) => node.readAt === null).map(({ node }) => node.id);
      if (ids.length > 0) await stage.use(MarkNotificationsRead).run(person, { ids });
      after = pageInfo.endCursor;
    }
  }
}

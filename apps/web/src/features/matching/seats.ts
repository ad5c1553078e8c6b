import type { SeatsQuery } from '../../gql/graphql';

/** A proposal of seats as the page shows it. */
export type Proposal = NonNullable<SeatsQuery['seatProposal']>;
export type Seat = Proposal['seats'][number];
export type NotSeated = Proposal['notSeated'][number];
export type SeatOpening = SeatsQuery['project']['openings'][number];

/** What a person says of an applicant for an opening. */
export interface Said {
  readonly openingId: string;
  readonly expertId: string;
  readonly said: 'LOCKED' | 'SET_ASIDE';
}

/** What was said when a proposal was asked for. */
export function saidIn(proposal: Proposal | null | undefined): Said[] {
  return (proposal?.said ?? []).map(({ candidate: { openingId, expertId }, said }) => ({
    ...{ openingId, expertId },
    said: said as Said['said'],
  }));
}

/** What a choice beside a seat says: nothing, keep, set aside, or move to an opening. */
export function choiceFor(said: readonly Said[], openingId: string, expertId: string): string {
  const own = said.filter((each) => each.expertId === expertId);
  const here = own.find((each) => each.openingId === openingId)?.said;
  if (here === 'LOCKED') return 'KEEP';
  const there = own.find((each) => each.openingId !== openingId && each.said === 'LOCKED');
  if (here === 'SET_ASIDE') return there ? `MOVE:${there.openingId}` : 'ASIDE';
  return '';
}

/** What is said once a choice beside a seat is made. */
export function chosen(
  said: readonly Said[],
  openingId: string,
  expertId: string,
  choice: string,
): readonly Said[] {
  const before = choiceFor(said, openingId, expertId);
  const left = before.startsWith('MOVE:') ? before.slice('MOVE:'.length) : undefined;
  const others = said.filter(
    (each) => each.expertId !== expertId || (each.openingId !== openingId && each.openingId !== left),
  );
  const here = (word: Said['said']): Said => ({ openingId, expertId, said: word });
  if (choice === 'KEEP') return [...others, here('LOCKED')];
  if (choice === 'ASIDE') return [...others, here('SET_ASIDE')];
  if (!choice.startsWith('MOVE:')) return others;
  const to = choice.slice('MOVE:'.length);
  const cleared = others.filter((each) => each.expertId !== expertId || each.openingId !== to);
  return [...cleared, here('SET_ASIDE'), { openingId: to, expertId, said: 'LOCKED' }];
}

/** What is said of somebody without a seat: seat them in an opening, or nothing more of what was said. */
export function seated(said: readonly Said[], expertId: string, openingId: string): readonly Said[] {
  const others = said.filter((each) => each.expertId !== expertId);
  return openingId === '' ? others : [...others, { openingId, expertId, said: 'LOCKED' }];
}

/** True where two lists say the same. */
export function saysTheSame(one: readonly Said[], other: readonly Said[]): boolean {
  const text = (list: readonly Said[]) =>
    list
      .map(({ openingId, expertId, said }) => `${openingId} ${expertId} ${said}`)
      .sort()
      .join();
  return text(one) === text(other);
}

import { DataTable, type Column } from '../../ui/data-table';
import { Notice } from '../../ui/notice';
import { Section } from '../../ui/page';
import { StateTag } from '../../ui/state-tag';
import { counted } from '../../lib/words';
import { points, whyEmpty, whyNoSeat, whyThisSeat, type SeatNames } from './seat-words';
import { choiceFor, chosen, seated, type NotSeated, type Proposal, type Said, type Seat } from './seats';

type Option = readonly [value: string, text: string];

/** Who would take which seat and why, who has none and why; with each person what can be said about them. */
export function SeatPlan({
  proposal,
  names,
  said,
  onSaid,
}: {
  readonly proposal: Proposal;
  readonly names: SeatNames;
  readonly said: readonly Said[];
  readonly onSaid: (said: readonly Said[]) => void;
}) {
  const columns: Column<Seat>[] = [
    { id: 'name', header: 'Expert', cell: ({ candidate }) => candidate.expertName },
    { id: 'fit', header: 'Fit', isFigure: true, cell: ({ fit }) => points(fit) },
    {
      id: 'why',
      header: 'Why',
      cell: (seat) => (
        <>
          {seat.isLocked && <StateTag state="KEPT" text="Kept by you" />} {whyThisSeat(seat, names)}
        </>
      ),
    },
    {
      id: 'say',
      header: 'You say',
      cell: ({ candidate: { openingId, expertId, expertName } }) => (
        <Choice
          label={`What you say about ${expertName} in ${names.opening(openingId)}`}
          value={choiceFor(said, openingId, expertId)}
          options={[
            ['', 'As proposed'],
            ['KEEP', 'Keep here'],
            ...elsewhere(proposal, names, expertId, openingId),
            ['ASIDE', 'Not here'],
          ]}
          onChange={(choice) => onSaid(chosen(said, openingId, expertId, choice))}
        />
      ),
    },
  ];
  return (
    <>
      {proposal.openings.map(({ openingId, seats, filled, level, whyEmpty: why }) => (
        <Section key={openingId} title={names.opening(openingId)}>
          <p className="quiet">
            {filled} of {counted(seats, 'seat')} with somebody for {seats === 1 ? 'it' : 'them'}
            {typeof level === 'number' && filled > 0 && `, a fit of ${points(level)} for each`}.
          </p>
          {filled < seats && <Notice tone="warning">{whyEmpty(why)}</Notice>}
          {filled > 0 && (
            <DataTable
              label={`Seats of ${names.opening(openingId)}`}
              columns={columns}
              rows={proposal.seats.filter(({ candidate }) => candidate.openingId === openingId)}
              keyOf={({ candidate }) => candidate.id}
            />
          )}
        </Section>
      ))}
      {proposal.notSeated.length > 0 && (
        <Section title={`Without a seat (${proposal.notSeated.length})`}>
          <p className="quiet">
            They stay applicants. Only you can decline an application, with your reason.
          </p>
          <DataTable
            label="Without a seat"
            columns={withoutSeat(proposal, names, said, onSaid)}
            rows={proposal.notSeated}
            keyOf={({ candidate }) => candidate.id}
          />
        </Section>
      )}
    </>
  );
}

function withoutSeat(
  proposal: Proposal,
  names: SeatNames,
  said: readonly Said[],
  onSaid: (said: readonly Said[]) => void,
): Column<NotSeated>[] {
  return [
    { id: 'name', header: 'Expert', cell: ({ candidate }) => candidate.expertName },
    {
      id: 'fit',
      header: 'Fit',
      isFigure: true,
      cell: ({ fit }) => (typeof fit === 'number' ? points(fit) : '–'),
    },
    { id: 'why', header: 'Why', cell: (row) => whyNoSeat(row, names) },
    {
      id: 'say',
      header: 'You say',
      cell: ({ candidate: { expertId, expertName }, why }) => {
        const own = said.filter((each) => each.expertId === expertId);
        const options = elsewhere(proposal, names, expertId).map(
          ([value, text]) => [value.replace('MOVE:', ''), text.replace('Move to', 'Seat in')] as const,
        );
        if (why.code === 'GATE' && options.length === 0)
          return <span className="quiet">Does not pass a gate</span>;
        const isAside = own.some((each) => each.said === 'SET_ASIDE');
        return (
          <Choice
            label={`What you say about ${expertName}`}
            value={own.find((each) => each.said === 'LOCKED')?.openingId ?? (isAside ? 'ASIDE' : '')}
            options={[
              ['', isAside ? 'Take into account again' : 'As proposed'],
              ...(isAside ? [['ASIDE', 'Stays set aside'] as const] : []),
              ...options,
            ]}
            onChange={(openingId) => openingId !== 'ASIDE' && onSaid(seated(said, expertId, openingId))}
          />
        );
      },
    },
  ];
}

/** The openings that somebody could have a seat in, other than one, best first. */
function elsewhere(proposal: Proposal, names: SeatNames, expertId: string, but?: string): Option[] {
  return proposal.possible
    .filter(({ candidate }) => candidate.expertId === expertId && candidate.openingId !== but)
    .toSorted((a, b) => b.fit - a.fit)
    .map(({ candidate, fit }) => [
      `MOVE:${candidate.openingId}`,
      `Move to ${names.opening(candidate.openingId)}, fit ${points(fit)}`,
    ]);
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map(([code, text]) => (
        <option key={code} value={code}>
          {text}
        </option>
      ))}
    </select>
  );
}

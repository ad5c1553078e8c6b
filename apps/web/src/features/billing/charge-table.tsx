import { Link } from '@tanstack/react-router';
import type { Money } from '../../lib/money';
import { moment } from '../../lib/time';
import { DataTable, type Column } from '../../ui/data-table';
import { TallyLine, type TallyAmounts } from '../../ui/tally';
import { TimeCell } from '../../ui/hour-cell';
import { ChargedFor, type ChargedForFacts } from './charged-for';

/** A charged line as the expert sees it. */
export interface EarnedLine extends ChargedForFacts {
  readonly id: string;
  readonly labName: string;
  readonly seconds: number;
  readonly chargedAt: string;
  readonly timesheetId?: string | null;
  readonly engagementId: string;
  readonly hour?: { readonly price: Money; readonly pay: Money } | null;
  readonly tally: TallyAmounts;
}

const COLUMNS: readonly Column<EarnedLine>[] = [
  { id: 'charged', header: 'Approved', cell: ({ chargedAt }) => moment(chargedAt) },
  {
    id: 'what',
    header: 'What',
    cell: ({ timesheetId, engagementId, ...charge }) =>
      timesheetId ? (
        <Link to="/expert/week/$id" params={{ id: timesheetId }}>
          <ChargedFor {...charge} />
        </Link>
      ) : (
        <Link to="/expert/engagements/$id" params={{ id: engagementId }}>
          <ChargedFor {...charge} />
        </Link>
      ),
  },
  { id: 'lab', header: 'Lab', cell: ({ labName }) => labName },
  {
    id: 'time',
    header: 'Time',
    cell: (line) => <TimeCell {...line} />,
    isFigure: true,
  },
  {
    id: 'tally',
    header: 'Lab pays = you get + platform keeps',
    cell: ({ id, tally }) => (
      <span data-charge={id}>
        <TallyLine tally={tally} />
      </span>
    ),
    isFigure: true,
  },
];

/** Charged lines with the same three numbers that the lab sees. */
export function ChargeTable({
  label,
  rows,
}: {
  readonly label: string;
  readonly rows: readonly EarnedLine[];
}) {
  return <DataTable label={label} columns={COLUMNS} rows={rows} keyOf={({ id }) => id} />;
}

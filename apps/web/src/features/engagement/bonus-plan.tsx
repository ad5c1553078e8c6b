import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PlanBonusesQuery } from '../../gql/graphql';
import { money } from '../../lib/money';
import { moment } from '../../lib/time';
import { counted } from '../../lib/words';
import { DataTable, type Column } from '../../ui/data-table';
import { Notice } from '../../ui/notice';
import { Tally, TallyLine } from '../../ui/tally';

export type Plan = PlanBonusesQuery['bonusPlan'];
type Bonus = Plan['bonuses'][number];

/** True where a file can be paid as it is. */
export function isPayable({ bonuses, problems, sums, paidBeforeAt }: Plan): boolean {
  const isCovered = sums.every((sum) => sum.isCovered);
  return problems.length === 0 && bonuses.length > 0 && isCovered && !paidBeforeAt;
}

const PROBLEMS: readonly Column<Plan['problems'][number]>[] = [
  { id: 'row', header: 'Row', cell: ({ rowNumber }) => rowNumber },
  { id: 'what', header: 'What to mend', cell: ({ sentence }) => sentence },
];
const BONUSES: readonly Column<Bonus>[] = [
  { id: 'row', header: 'Row', cell: ({ rowNumber }) => rowNumber },
  {
    id: 'expert',
    header: 'Expert',
    cell: ({ engagement }) => (
      <>
        {engagement.expertName}
        <div className="quiet">{engagement.openingTitle}</div>
      </>
    ),
  },
  { id: 'reason', header: 'Reason', cell: ({ reason }) => reason },
  {
    id: 'tally',
    header: 'Price = pay + fee',
    isFigure: true,
    cell: ({ tally }) => <TallyLine tally={tally} />,
  },
];

/** What a file would do: its bad rows, or what it costs by row and together; and what pays it. */
export function BonusPlanShown({
  name,
  plan,
  children,
}: {
  readonly name: string;
  readonly plan: Plan;
  readonly children: ReactNode;
}) {
  const { bonuses, problems, leftOut, sums, paidBeforeAt } = plan;
  return (
    <>
      <h3>{name}</h3>
      {problems.length > 0 && (
        <>
          <Notice tone="bad">
            <div role="status">
              {counted(problems.length, 'row has', 'rows have')} to be mended. Nothing is paid before: correct
              the file and choose it again.
            </div>
          </Notice>
          <DataTable
            label="Rows to be mended"
            columns={PROBLEMS}
            rows={problems}
            keyOf={({ rowNumber, sentence }) => `${rowNumber} ${sentence}`}
          />
        </>
      )}
      {problems.length === 0 && (
        <>
          {paidBeforeAt && (
            <Notice tone="warning">
              <div role="status">
                These bonuses were paid on {moment(paidBeforeAt)}, so they are not paid again. To give the
                same once more, write another reason.
              </div>
            </Notice>
          )}
          {sums.map(({ tally, available, isCovered }) => (
            <div key={available.currency}>
              <Tally tally={tally} label={`${counted(bonuses.length, 'bonus', 'bonuses')} in the file`} />
              {!isCovered && (
                <Notice tone="warning">
                  {money(available)} is free beside what is held for weeks of work.{' '}
                  <Link to="/lab/billing">Add funds</Link>, then choose the file again.
                </Notice>
              )}
            </div>
          ))}
          <DataTable
            label="Bonuses in the file"
            columns={BONUSES}
            rows={bonuses}
            keyOf={({ rowNumber }) => String(rowNumber)}
          />
          {leftOut > 0 && <p className="quiet">{counted(leftOut, 'row', 'rows')} without amount left out.</p>}
          {children}
        </>
      )}
    </>
  );
}

import { DataTable } from '../../ui/data-table';
import { StateTag } from '../../ui/state-tag';
import type { MatchImpact } from './model-query';

type Table = MatchImpact['tables'][number];
type Group = Table['groups'][number];

const QUESTIONS: Readonly<Record<string, string>> = {
  SEX: 'by sex',
  ETHNICITY: 'by ethnicity',
  BOTH: 'by sex and ethnicity',
};
const STAGES: Readonly<Record<string, string>> = {
  SHOWN: 'Shown to labs',
  INVITED: 'Invited, of those shown',
  ENGAGED: 'Engaged, of those shown',
};

/** Whether the groups that experts volunteered are shown, invited and engaged alike. */
export function Impact({ impact: { days, leastInGroup, tables } }: { readonly impact: MatchImpact }) {
  return (
    <>
      {tables.length === 0 ? (
        <p>
          No group has been volunteered by {leastInGroup} experts whom labs may see, so there is nothing to
          tell yet. Experts are asked on their profile, and need not answer.
        </p>
      ) : (
        tables.map((table) => <ImpactOf key={`${table.stage} ${table.question}`} table={table} />)
      )}
      <p className="quiet">
        Over {days} days, of experts who volunteered their group. The impact ratio is a group’s rate divided
        by the highest rate of a group (New York City, 6 RCNY 5-300, on Local Law 144); below four fifths it
        is taken as a sign of adverse impact (29 CFR 1607.4 D, Uniform Guidelines of the EEOC). “May be
        chance” is said where so large a difference comes by chance more often than once in twenty. Groups of
        fewer than {leastInGroup} are not told, and who said what is not readable here or by what scores.
      </p>
    </>
  );
}

function ImpactOf({ table: { question, stage, groups } }: { readonly table: Table }) {
  const title = `${STAGES[stage] ?? stage}, ${QUESTIONS[question] ?? question}`;
  return (
    <>
      <h3>{title}</h3>
      <DataTable
        label={title}
        rows={groups}
        keyOf={({ group }) => group}
        columns={[
          { id: 'group', header: 'Group', cell: ({ group }) => group },
          { id: 'people', header: 'Experts', isFigure: true, cell: ({ people }) => people },
          { id: 'selected', header: 'Of them', isFigure: true, cell: ({ selected }) => selected },
          { id: 'rate', header: 'Rate', isFigure: true, cell: ({ rate }) => `${(100 * rate).toFixed(1)} %` },
          {
            id: 'ratio',
            header: 'Impact ratio',
            isFigure: true,
            cell: ({ ratio }) => ratio?.toFixed(2) ?? '–',
          },
          { id: 'what', header: 'What it says', cell: verdict },
        ]}
      />
    </>
  );
}

function verdict({ ratio, isBelowFourFifths, isSignificant }: Group) {
  if (ratio === null) return 'Nothing to compare';
  if (!isBelowFourFifths) return <StateTag state="PASS" text="Four fifths or more" />;
  return isSignificant ? (
    <StateTag state="FAIL" text="Below four fifths" />
  ) : (
    <StateTag state="WAITING" text="Below four fifths, may be chance" />
  );
}

import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { moment } from '../../lib/time';
import { commandWords, subjectWords } from '../../lib/record-words';
import { words } from '../../lib/words';
import { DataTable } from '../../ui/data-table';
import { Facts } from '../../ui/figures';

/** A row of the journal as its pages read it. */
export interface JournalRow {
  readonly id: string;
  readonly at: string;
  readonly actorKind: string;
  readonly actorName?: string | null;
  readonly labName?: string | null;
  readonly expertName?: string | null;
  readonly command: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly fromState?: string | null;
  readonly toState?: string | null;
  readonly facts: string;
  readonly isSealed: boolean;
}

/** Rows of the journal; each opens to its facts. */
export function JournalTable({
  rows,
  label,
}: {
  readonly rows: readonly JournalRow[];
  readonly label: string;
}) {
  return (
    <DataTable
      label={label}
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        { id: 'at', header: 'When', cell: ({ at }) => <time dateTime={at}>{moment(at)}</time> },
        { id: 'what', header: 'What', cell: (row) => <What row={row} /> },
        { id: 'who', header: 'Who', cell: whoDid },
        { id: 'about', header: 'About', cell: aboutOf },
        { id: 'change', header: 'Change', cell: changeOf },
        {
          id: 'sealed',
          header: 'Sealed',
          cell: ({ isSealed }) =>
            isSealed ? (
              <>
                <Check size={14} aria-hidden /> Yes
              </>
            ) : (
              'In a moment'
            ),
        },
      ]}
    />
  );
}

/** Who did it, as a name where a person did. */
export function whoDid({ actorKind, actorName }: Pick<JournalRow, 'actorKind' | 'actorName'>): string {
  if (actorKind === 'SYSTEM') return 'The product itself';
  const role = actorKind === 'STAFF' ? 'staff' : 'user';
  return actorName ? `${actorName} (${role})` : words(role);
}

/** Whom it is about: a lab, an expert, or both. */
export function aboutOf({ labName, expertName }: Pick<JournalRow, 'labName' | 'expertName'>): string {
  return [labName, expertName].filter(Boolean).join(' and ');
}

/** From which state to which. */
export function changeOf({ fromState, toState }: Pick<JournalRow, 'fromState' | 'toState'>): string {
  if (!toState) return '';
  return fromState && fromState !== toState ? `${words(fromState)} to ${words(toState)}` : words(toState);
}

function What({ row }: { readonly row: JournalRow }) {
  return (
    <details>
      <summary>{commandWords(row.command)}</summary>
      <Facts
        facts={[
          ['Number', row.id],
          ['About', subjectWords(row.subjectType)],
          [
            'Its id',
            <Link
              key="subject"
              className="code"
              to="/admin/journal"
              search={{ subject: row.subjectId } as never}
            >
              {row.subjectId}
            </Link>,
          ],
          ...factsOf(row.facts),
        ]}
      />
    </details>
  );
}

/** Ids, codes and amounts of a row, one a line. */
function factsOf(text: string): (readonly [string, string])[] {
  const facts = JSON.parse(text) as unknown;
  if (typeof facts !== 'object' || facts === null) return [];
  return Object.entries(facts).map(([name, value]) => [
    words(name.replaceAll(/([A-Z])/g, '_$1')),
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}

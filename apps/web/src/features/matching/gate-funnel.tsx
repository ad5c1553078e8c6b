import type { LabShortlistQuery } from '../../gql/graphql';
import { Bars, type Bar } from '../../ui/bars';
import { gateWords } from './gate-words';

/** What a lab asks for and may ask less of; the other gates protect somebody. */
const ASKED = ['CREDENTIAL', 'LANGUAGE', 'COUNTRY', 'AUTHORISATION', 'OVERLAP', 'RATE', 'HOURS'];

/** From everybody who was looked at to those who pass: how many each gate removed, and what one gate less would bring. */
export function GateFunnel({ shortlist }: { readonly shortlist: LabShortlistQuery['shortlist'] }) {
  const { candidateCount, eligibleCount, removed } = shortlist;
  const bars: Bar[] = [
    { label: 'Looked at', value: candidateCount, text: String(candidateCount) },
    ...removed.map(({ code, count, wouldPass }) => ({
      label: gateWords(code),
      value: count,
      text: textOf(code, count, wouldPass),
      tone: 'bad' as const,
    })),
    { label: 'Pass every gate', value: eligibleCount, text: String(eligibleCount), tone: 'expert' },
  ];
  return (
    <Bars
      label="Experts looked at, removed by each gate, and left"
      most={candidateCount}
      bars={bars}
      note={noteOf(shortlist, bars)}
    />
  );
}

function textOf(code: string, count: number, wouldPass: number | null): string {
  if (!ASKED.includes(code) || !wouldPass) return String(count);
  return `${count}; ${wouldPass} more without it`;
}

/** Why the bars do not add up, and what “more without it” means, where that is so. */
function noteOf(
  { candidateCount, eligibleCount, removed }: LabShortlistQuery['shortlist'],
  bars: readonly Bar[],
) {
  const stops = removed.reduce((sum, { count }) => sum + count, 0);
  const isShared = stops > candidateCount - eligibleCount;
  const isTold = bars.some(({ text }) => text.includes(';'));
  return (
    [
      isShared &&
        `Some are stopped by several gates and counted at each: ${candidateCount - eligibleCount} do not pass.`,
      isTold && '“More without it” is how many that gate alone stops.',
    ]
      .filter(Boolean)
      .join(' ') || undefined
  );
}

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
      note={
        bars.some(({ text }) => text.includes(';')) &&
        'Somebody may be removed by several gates at once. “More without it” is how many that gate alone removes.'
      }
    />
  );
}

function textOf(code: string, count: number, wouldPass: number | null): string {
  if (!ASKED.includes(code) || !wouldPass) return String(count);
  return `${count}; ${wouldPass} more without it`;
}

import type { LabShortlistQuery } from '../../gql/graphql';
import { Bars, type Bar } from '../../ui/bars';
import { askedWords, gateWords } from './gate-words';

/** What a lab asks for and may ask less of; the other gates protect somebody. */
const ASKED = ['CREDENTIAL', 'LANGUAGE', 'COUNTRY', 'AUTHORISATION', 'OVERLAP', 'RATE', 'HOURS'];

/** From everybody who was looked at to those who pass: how many each gate removed, and what one gate less would bring. */
export function GateFunnel({ shortlist }: { readonly shortlist: LabShortlistQuery['shortlist'] }) {
  const { candidateCount, eligibleCount, removed } = shortlist;
  const bars: Bar[] = [
    { label: 'Looked at', value: candidateCount, text: String(candidateCount) },
    ...removed.flatMap((gate) => barsOf(gate)),
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

type Removed = LabShortlistQuery['shortlist']['removed'][number];

/** One bar for those whom a gate stops, and one for those who only have a question to answer. */
function barsOf({ code, count, wouldPass, unknown }: Removed): Bar[] {
  const asked = unknown ?? 0;
  const failing = count - asked;
  const more = ASKED.includes(code) && wouldPass ? `; ${wouldPass} more without it` : '';
  return [
    ...(failing > 0
      ? [{ label: gateWords(code), tone: 'bad' as const, value: failing, text: `${failing}${more}` }]
      : []),
    ...(asked > 0
      ? [{ label: askedWords(code), value: asked, text: `${asked} asked${failing > 0 ? '' : more}` }]
      : []),
  ];
}

/** Why the bars do not add up, and what “more without it” means, where that is so. */
function noteOf(
  { candidateCount, eligibleCount, removed }: LabShortlistQuery['shortlist'],
  bars: readonly Bar[],
) {
  const stops = removed.reduce((sum, { count }) => sum + count, 0);
  const isShared = stops > candidateCount - eligibleCount;
  const isAsked = removed.some(({ unknown }) => unknown);
  const isOwnerAsked = removed.some(({ code, unknown }) => code === 'CONFLICT' && unknown);
  const inPart = removed.filter((gate) => gate.isInPart).map(({ code }) => `“${gateWords(code)}”`);
  const isTold = bars.some(({ text }) => text.includes(';'));
  return (
    [
      isShared &&
        `Some are stopped by several gates and counted at each: ${candidateCount - eligibleCount} do not pass.`,
      isAsked &&
        'Who is asked reads what to say, or waits for a verifier, and is put forward once it is settled.',
      isOwnerAsked &&
        'Who is asked about a conflict works for an organisation whose name is like that of one of your competitors; they say who owns it, and you read it under “Conflicts”.',
      inPart.length > 0 &&
        `At ${inPart.join(', ')} only those are counted who pass the other gates: they may stop more than is said here, and fewer may come without another gate.`,
      isTold && '“More without it” is how many that gate alone stops, those who are only asked included.',
    ]
      .filter(Boolean)
      .join(' ') || undefined
  );
}

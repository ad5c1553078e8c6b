import { chargedForWords } from '@tallystick/domain';
import { day } from '../../lib/time';

/** What a charged line is for. */
export interface ChargedForFacts {
  readonly kind: string;
  readonly reason?: string | null;
  readonly line?: { readonly kind: string; readonly note: string; readonly startsAt: string } | null;
}

/** In words: the activity of its time and the day, or what it is and why. */
export function ChargedFor({ kind, reason, line }: ChargedForFacts) {
  const why = line?.note ?? reason;
  return (
    <>
      {kind === 'REVERSAL' && line && 'Taken back: '}
      {chargedForWords(line?.kind ?? kind)}
      {line && ` on ${day(line.startsAt)}`}
      {why && <span className="quiet">: {why}</span>}
    </>
  );
}

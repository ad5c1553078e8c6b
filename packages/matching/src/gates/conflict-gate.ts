import { dayOf, likenessOf, type OrganisationName } from '@tallystick/domain';
import type { DeclaredConflict, ExpertDocument, OpeningDocument } from '../documents';
import { pass, stop, type Gate, type GateOf } from './gate';
import { declarationKey, knownOrganisation } from './named-organisations';

/** An organisation at which an expert works, beside a competitor of the lab, and what was declared of the two. */
interface Pair {
  readonly organisation: string;
  readonly competitor: string;
  readonly declared?: DeclaredConflict;
}

/** What is asked of an expert: of one organisation at which they work, for all of a lab's competitors whose names are like its name. */
export interface ConflictQuestion {
  readonly organisation: string;
  readonly competitors: readonly string[];
}

/**
 * Nobody works for a lab and for an organisation that it names as a competitor. Names that are only alike are a question: who owns the
 * organisation is declared by the expert, and a person at the lab may decide otherwise. Which competitor it is, the expert is not told.
 */
export function conflict(opening: OpeningDocument): GateOf {
  const pairsOf = pairsFor(opening);
  return (expert) => {
    const { same, alike } = pairsOf(expert);
    if (same !== undefined)
      return stop(
        'CONFLICT',
        'FAIL',
        'Works for an organisation that you named as a competitor.',
        `You work for ${same}, with which this lab is in conflict. It opens to you when that ends.`,
      );
    for (const outcome of ['FAIL', 'UNKNOWN', 'PASS'] as const) {
      const first = alike.find((pair) => outcomeOf(pair) === outcome);
      if (first) return WORDS[first.declared?.standing ?? 'ASKED'](first);
    }
    return undefined;
  };
}

/** What an expert still has to declare for an opening: nothing where a name is the same as a competitor's. */
export function conflictQuestions(expert: ExpertDocument, opening: OpeningDocument): ConflictQuestion[] {
  const { same, alike } = pairsFor(opening)(expert);
  const open = alike.filter(({ declared }) => declared === undefined);
  if (same !== undefined) return [];
  return [...new Set(open.map(({ organisation }) => organisation))].map((organisation) => ({
    organisation,
    competitors: open.filter((pair) => pair.organisation === organisation).map((pair) => pair.competitor),
  }));
}

function pairsFor({ competitors = [], labId = '' }: OpeningDocument) {
  const named = competitors.map(knownOrganisation);
  return ({ employers = [], declared = [] }: ExpertDocument) => {
    const alike: Pair[] = [];
    if (named.length === 0) return { same: undefined, alike };
    for (const organisation of employers) {
      const own = knownOrganisation(organisation);
      for (const competitor of named) {
        const likeness = likenessOf(own, competitor);
        if (likeness === 'SAME') return { same: organisation, alike };
        if (likeness === 'ALIKE') alike.push(pairOf(own, competitor, { labId, declared }));
      }
    }
    return { same: undefined, alike };
  };
}

function pairOf(
  { name: organisation }: OrganisationName,
  { name: competitor }: OrganisationName,
  { labId, declared }: { readonly labId: string; readonly declared: readonly DeclaredConflict[] },
): Pair {
  const key = declarationKey({ labId, organisation, competitor });
  return { organisation, competitor, declared: declared.find((each) => declarationKey(each) === key) };
}

/** What a standing means for the gate. */
export const OUTCOMES = {
  ...{ NO: 'PASS', CLEARED: 'PASS', YES: 'FAIL', RAISED: 'FAIL', UNSETTLED: 'UNKNOWN' },
} as const satisfies Record<DeclaredConflict['standing'], Gate['outcome']>;

function outcomeOf({ declared }: Pair): Gate['outcome'] {
  return declared ? OUTCOMES[declared.standing] : 'UNKNOWN';
}

const WORDS: Readonly<Record<DeclaredConflict['standing'] | 'ASKED', (pair: Pair) => Gate>> = {
  ASKED: (pair) =>
    stop(
      'CONFLICT',
      'UNKNOWN',
      `Works for ${alike(pair)}. They are asked who owns it.`,
      `“${pair.organisation}”, where you work, is written like an organisation with which this lab is in conflict. Say who owns it and whom it belongs to.`,
    ),
  UNSETTLED: (pair) =>
    stop(
      'CONFLICT',
      'UNKNOWN',
      `Works for ${alike(pair)}, and declared${onDay(pair)} an owner or name that is written like it, too. You decide under “Conflicts”.`,
      `You declared${onDay(pair)} who owns “${pair.organisation}”. A person at the lab decides whether that is a conflict.`,
    ),
  YES: (pair) =>
    stop(
      'CONFLICT',
      'FAIL',
      `Declared${onDay(pair)} that “${pair.organisation}” is, or belongs to, “${pair.competitor}”, which you named as a competitor.`,
      `You declared${onDay(pair)} that “${pair.organisation}” belongs to an organisation with which this lab is in conflict. It opens to you when that ends.`,
    ),
  RAISED: (pair) =>
    stop(
      'CONFLICT',
      'FAIL',
      `Works for ${alike(pair)}: one of you decided that it is a conflict.`,
      `A person at the lab decided that your work for “${pair.organisation}” is a conflict. Their reason stands beside what you declared of it.`,
    ),
  NO: (pair) => passed(pair, `Declared${onDay(pair)} by the expert not to be part of it.`),
  CLEARED: (pair) => passed(pair, `One of you decided that it is no conflict.`),
};

function passed(pair: Pair, forLab: string): Gate {
  const forExpert = `You declared${onDay(pair)} who owns “${pair.organisation}”: no conflict is known.`;
  return { ...pass('CONFLICT', forExpert), forLab: `Works for ${alike(pair)}. ${forLab}` };
}

function alike({ organisation, competitor }: Pair): string {
  return `“${organisation}”, which is written like “${competitor}” among your competitors`;
}

function onDay({ declared }: Pair): string {
  return declared ? ` on ${dayOf(declared.declaredAt)}` : '';
}

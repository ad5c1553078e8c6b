import type { ExpertDocument, OpeningDocument } from '../documents';
import { stop, type GateOf } from './gate';
import { workKeysOf } from './work-key';

/** Exclusive work is the only work that somebody does: neither beside it nor into it comes that of another lab. Which lab that is, is told to nobody. */
export function exclusive({ labId: own, isExclusive: isAsked }: OpeningDocument): GateOf {
  return ({ engagedBy }) => {
    const elsewhere = engagedBy?.filter(({ labId }) => labId !== own) ?? [];
    if (elsewhere.some(({ isExclusive }) => isExclusive))
      return stop(
        'EXCLUSIVE',
        'FAIL',
        'Is bound to other work that is exclusive.',
        'You agreed to exclusive work for another lab. This opens to you when that ends.',
      );
    return isAsked && elsewhere.length > 0
      ? stop(
          'EXCLUSIVE',
          'FAIL',
          'Does other work, and yours is exclusive.',
          'This work is exclusive, and you work for another lab. It opens to you when that ends.',
        )
      : undefined;
  };
}

/** Nobody judges what they wrote. */
export function authorship({ evaluatedWorks }: OpeningDocument): GateOf {
  const evaluated = new Set(evaluatedWorks?.flatMap((work) => workKeysOf(work)));
  if (evaluated.size === 0) return () => undefined;
  return ({ evidence }) => {
    const own = evidence.find((item) => keysOf(item).some((key) => evaluated.has(key)));
    return own === undefined
      ? undefined
      : stop(
          'AUTHORSHIP',
          'FAIL',
          'Wrote one of the works that are evaluated.',
          `Your profile lists “${own.title}”, which is evaluated here; nobody judges their own work.`,
        );
  };
}

type Item = ExpertDocument['evidence'][number];

/** What items are known by, as long as they are kept: who is shown to one lab is shown to others. */
const known = new WeakMap<Item, readonly string[]>();

function keysOf(item: Item): readonly string[] {
  const kept = known.get(item);
  if (kept) return kept;
  const keys = workKeysOf(item.title, item.text);
  known.set(item, keys);
  return keys;
}

import { organisationKey } from '@tallystick/domain';
import type { ExpertDocument, OpeningDocument } from '../documents';
import { stop, type Gate } from './gate';
import { workKeysOf } from './work-key';

/** Nobody works for a lab and for an organisation that it names as a competitor. */
export function conflict(expert: ExpertDocument, opening: OpeningDocument): Gate | undefined {
  const competitors = new Set((opening.competitors ?? []).map(organisationKey));
  const at = (expert.employers ?? []).find((each) => competitors.has(organisationKey(each)));
  return at === undefined
    ? undefined
    : stop(
        'CONFLICT',
        'FAIL',
        'Works for an organisation that you named as a competitor.',
        `You work for ${at}, with which this lab is in conflict. It opens to you when that ends.`,
      );
}

/** Exclusive work is the only work that somebody does: neither beside it nor into it comes that of another lab. Which lab that is, is told to nobody. */
export function exclusive({ engagedBy }: ExpertDocument, opening: OpeningDocument): Gate | undefined {
  const elsewhere = (engagedBy ?? []).filter(({ labId }) => labId !== opening.labId);
  if (elsewhere.some(({ isExclusive }) => isExclusive))
    return stop(
      'EXCLUSIVE',
      'FAIL',
      'Is bound to other work that is exclusive.',
      'You agreed to exclusive work for another lab. This opens to you when that ends.',
    );
  return opening.isExclusive && elsewhere.length > 0
    ? stop(
        'EXCLUSIVE',
        'FAIL',
        'Does other work, and yours is exclusive.',
        'This work is exclusive, and you work for another lab. It opens to you when that ends.',
      )
    : undefined;
}

/** Nobody judges what they wrote. */
export function authorship(
  { evidence }: ExpertDocument,
  { evaluatedWorks }: OpeningDocument,
): Gate | undefined {
  if (!evaluatedWorks?.length) return undefined;
  const evaluated = new Set(evaluatedWorks.flatMap((work) => workKeysOf(work)));
  const own = evidence.find(({ title, text }) => workKeysOf(title, text).some((key) => evaluated.has(key)));
  return own === undefined
    ? undefined
    : stop(
        'AUTHORSHIP',
        'FAIL',
        'Wrote one of the works that are evaluated.',
        `Your profile lists “${own.title}”, which is evaluated here; nobody judges their own work.`,
      );
}

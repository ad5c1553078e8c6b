import { ok, refuse, type Result } from '../result/result';

/** An owner of a lab and their share in hundredths of a percent. */
export interface OwnerShare {
  readonly name: string;
  readonly shareBasisPoints: number;
}

/** Checks owners: named, each with a share, together at most the whole. */
export function checkOwners(owners: readonly OwnerShare[]): Result<readonly OwnerShare[]> {
  if (owners.length === 0)
    return refuse('OWNERS_MISSING', 'Name at least one owner: experts may know whom they work for.', {
      field: 'owners',
    });
  const bad = owners.findIndex(
    ({ name, shareBasisPoints }) =>
      name.trim() === '' ||
      !Number.isInteger(shareBasisPoints) ||
      shareBasisPoints < 1 ||
      shareBasisPoints > 10_000,
  );
  if (bad >= 0)
    return refuse('OWNER_UNREADABLE', 'Each owner has a name and a share between 0.01 and 100 percent.', {
      field: `owners.${bad}`,
    });
  const sum = owners.reduce((total, { shareBasisPoints }) => total + shareBasisPoints, 0);
  if (sum > 10_000)
    return refuse('SHARES_TOO_MUCH', `The shares add up to ${sum / 100} percent; they can be 100 at most.`, {
      field: 'owners',
    });
  return ok(owners);
}

import type { Actor, Role } from './actor';
import { rolesOf } from './actor';

const LAB_ALL = ['LAB_OWNER', 'LAB_MANAGER', 'LAB_REVIEWER', 'LAB_FINANCE'] as const;
const LAB_HIRING = ['LAB_OWNER', 'LAB_MANAGER'] as const;
const LAB_REVIEWING = ['LAB_OWNER', 'LAB_MANAGER', 'LAB_REVIEWER'] as const;
const LAB_MONEY = ['LAB_OWNER', 'LAB_FINANCE'] as const;
/** Who reads the lab's money: managers commit it, so they see what there is; reviewers see the weeks before them alone. */
const LAB_READING_MONEY = ['LAB_OWNER', 'LAB_MANAGER', 'LAB_FINANCE'] as const;
const STAFF_ALL = ['STAFF_VERIFIER', 'STAFF_TRUST', 'STAFF_FINANCE', 'STAFF_AUDITOR', 'STAFF_ADMIN'] as const;

/** Which roles may do what. Roles give operations; each feature's policy gives the rows. */
export const PERMISSIONS = {
  'account:use': ['SIGNED_IN'],
  'staff:manage': ['STAFF_ADMIN'],
  'lab:create': ['SIGNED_IN'],
  'lab:read': LAB_ALL,
  'lab:manage': ['LAB_OWNER'],
  'lab:vet': ['STAFF_TRUST', 'STAFF_ADMIN'],
  'lab:list': STAFF_ALL,
  'expert:create': ['SIGNED_IN'],
  'expert:edit': ['EXPERT'],
  'expert:read': ['EXPERT', ...LAB_ALL, ...STAFF_ALL],
  'expert:suspend': ['STAFF_TRUST', 'STAFF_ADMIN'],
  'credential:claim': ['EXPERT'],
  'credential:verify': ['STAFF_VERIFIER', 'STAFF_ADMIN'],
  'taxonomy:read': ['SIGNED_IN'],
  'project:read': [...LAB_ALL, 'EXPERT', ...STAFF_ALL],
  'project:edit': LAB_HIRING,
  'matching:shortlist': LAB_REVIEWING,
  'matching:recommend': ['EXPERT'],
  'matching:save': [...LAB_REVIEWING, 'EXPERT'],
  'model:read': STAFF_ALL,
  'model:switch': ['STAFF_ADMIN'],
  'application:apply': ['EXPERT'],
  'application:review': LAB_HIRING,
  'application:read': [...LAB_REVIEWING, 'EXPERT'],
  'offer:send': LAB_HIRING,
  'offer:answer': ['EXPERT'],
  'engagement:read': [...LAB_ALL, 'EXPERT', ...STAFF_ALL],
  'engagement:convert': ['LAB_OWNER'],
  'engagement:end': ['LAB_OWNER', 'LAB_MANAGER', 'EXPERT'],
  'timesheet:log': ['EXPERT'],
  'timesheet:read': [...LAB_ALL, 'EXPERT', ...STAFF_ALL],
  'timesheet:review': LAB_REVIEWING,
  'billing:read': LAB_READING_MONEY,
  'billing:fund': LAB_MONEY,
  'payout:own': ['EXPERT'],
  'payout:run': ['STAFF_FINANCE', 'STAFF_ADMIN'],
  'ledger:reconcile': ['STAFF_FINANCE', 'STAFF_ADMIN'],
  'rail:sandbox': ['STAFF_FINANCE', 'STAFF_ADMIN'],
  'notification:read': ['SIGNED_IN'],
  'mail:read': ['STAFF_ADMIN'],
  'queue:manage': ['STAFF_ADMIN'],
  'approval:decide': ['STAFF_FINANCE', 'STAFF_ADMIN'],
  'approval:withdraw': ['STAFF_AUDITOR', 'STAFF_FINANCE', 'STAFF_TRUST', 'STAFF_ADMIN'],
  'audit:read': ['STAFF_AUDITOR', 'STAFF_FINANCE', 'STAFF_TRUST', 'STAFF_ADMIN'],
  'audit:prove': ['STAFF_AUDITOR', 'STAFF_FINANCE', 'STAFF_ADMIN'],
  'credit:edit': ['STAFF_FINANCE', 'STAFF_ADMIN'],
  'takerate:edit': ['STAFF_FINANCE', 'STAFF_ADMIN'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Staff roles that decide on what others ask for. */
export const DECIDING_ROLES = PERMISSIONS['approval:decide'].map((role) => role.replace('STAFF_', ''));

/** True where one of the actor's roles has the permission. */
export function may(actor: Actor, permission: Permission): boolean {
  const allowed: readonly Role[] = PERMISSIONS[permission];
  return rolesOf(actor).some((role) => allowed.includes(role));
}

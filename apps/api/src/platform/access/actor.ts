/** What a signed-in person may be at once: a lab's member, an expert, staff. */
export interface Person {
  readonly kind: 'PERSON';
  readonly accountId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
  readonly labId?: string;
  readonly labRole?: LabRole;
  readonly expertId?: string;
  readonly staffRoles: readonly StaffRole[];
}

/** Nobody in particular. */
export interface Anonymous {
  readonly kind: 'ANONYMOUS';
}

/** The product itself: a worker, the demo world, a command. Never decides about a person. */
export interface System {
  readonly kind: 'SYSTEM';
  readonly name: string;
}

export type LabRole = 'OWNER' | 'MANAGER' | 'REVIEWER' | 'FINANCE';
export type StaffRole = 'VERIFIER' | 'TRUST' | 'FINANCE' | 'AUDITOR' | 'ADMIN';
export type Actor = Person | Anonymous | System;

export const ANONYMOUS: Anonymous = { kind: 'ANONYMOUS' };

/** The product acting by itself. */
export const system = (name: string): System => ({ kind: 'SYSTEM', name });

/** A role as the permission table names it. */
export type Role = 'SIGNED_IN' | `LAB_${LabRole}` | 'EXPERT' | `STAFF_${StaffRole}`;

/** The roles of an actor. */
export function rolesOf(actor: Actor): Role[] {
  if (actor.kind !== 'PERSON') return [];
  const roles: Role[] = ['SIGNED_IN'];
  if (actor.labRole) roles.push(`LAB_${actor.labRole}`);
  if (actor.expertId) roles.push('EXPERT');
  for (const role of actor.staffRoles) roles.push(`STAFF_${role}`);
  return roles;
}

/** True for staff of any role. */
export function isStaff(actor: Actor): boolean {
  return actor.kind === 'PERSON' && actor.staffRoles.length > 0;
}

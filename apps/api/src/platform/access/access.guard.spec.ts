import { check } from './access.guard';
import { ANONYMOUS, type Person } from './actor';

const person: Person = {
  kind: 'PERSON',
  accountId: 'a',
  sessionId: 's',
  name: 'Ana',
  email: 'ana@example.org',
  timeZone: 'UTC',
  labId: 'l',
  labRole: 'OWNER',
  expertId: 'e',
  staffRoles: ['VERIFIER', 'TRUST', 'FINANCE', 'AUDITOR', 'ADMIN'],
};
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('access', () => {
  it('is denied to everybody where nothing is declared', () => {
    expect(() => check(undefined, person)).toThrow(refusedWith('NOT_FOUND'));
    expect(() => check(undefined, ANONYMOUS)).toThrow(refusedWith('SIGN_IN_REQUIRED'));
  });

  it('is given by a role that has the permission, and by no other', () => {
    const rule = { kind: 'REQUIRES', permission: 'payout:run' } as const;
    expect(() => check(rule, { ...person, staffRoles: ['FINANCE'] })).not.toThrow();
    expect(() => check(rule, { ...person, staffRoles: ['VERIFIER'] })).toThrow(refusedWith('NOT_FOUND'));
    expect(() => check(rule, ANONYMOUS)).toThrow(refusedWith('SIGN_IN_REQUIRED'));
  });
});

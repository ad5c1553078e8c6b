import { words } from '../../lib/words';

/** The roles in a lab, and what each may do. */
export const LAB_ROLES = [
  {
    code: 'OWNER',
    label: 'Owner',
    about: 'Everything: members, owners and competitors, projects, offers, weeks, money.',
  },
  {
    code: 'MANAGER',
    label: 'Manager',
    about:
      'Projects, invitations, offers, notice, and approving or questioning weeks. Sees the money, adds and takes back none.',
  },
  {
    code: 'REVIEWER',
    label: 'Reviewer',
    about:
      'Reads shortlists, approves and questions weeks, with what these cost. Sees no balance, invoice or statement.',
  },
  {
    code: 'FINANCE',
    label: 'Finance',
    about: 'Adds funds, takes money back, reads statements. Approves no time and sends no offer.',
  },
] as const;

/** The name of a role. */
export function roleName(code: string): string {
  return LAB_ROLES.find((role) => role.code === code)?.label ?? words(code);
}

/** Who of a lab is told about its money. */
export const MONEY_ROLES = ['OWNER', 'FINANCE'] as const;

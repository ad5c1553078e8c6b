import { z } from 'zod';

/** Why an expert declines; may be left out. */
export const DeclineReason = z.string().trim().max(2000);

/** The reason in a message to the lab; empty where none was given. */
export function saidReason(reason: string): string {
  return reason === '' ? '' : `The reason: ${reason}${/[.!?]$/.test(reason) ? '' : '.'} `;
}

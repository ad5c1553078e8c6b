import { SUSPENSION_RULES, type SuspensionRule } from '@tallystick/domain';

/** States of a suspension in words. */
export const SUSPENSION_STATES: Readonly<Record<string, string>> = {
  ANNOUNCED: 'Announced',
  IN_FORCE: 'In force',
  LIFTED: 'Lifted',
};

/** A rule in words. */
export const ruleWords = (code: string) => SUSPENSION_RULES[code as SuspensionRule]?.label ?? code;

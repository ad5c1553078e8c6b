import type { ExpertDocument } from '../documents';

/** A hard condition. UNKNOWN is never a silent pass: it becomes a request for evidence. */
export interface Gate {
  readonly code: GateCode;
  readonly outcome: 'PASS' | 'FAIL' | 'UNKNOWN';
  /** What the lab reads. */
  readonly forLab: string;
  /** What the expert reads: what is missing and how to mend it. */
  readonly forExpert: string;
}

/** The gates in the order in which they are told. */
export const GATE_CODES = [
  ...(['SUSPENDED', 'CONSENT', 'CREDENTIAL', 'LANGUAGE'] as const),
  ...(['COUNTRY', 'AUTHORISATION', 'OVERLAP'] as const),
  ...(['CONFLICT', 'EXCLUSIVE', 'AUTHORSHIP'] as const),
  ...(['RATE', 'HOURS'] as const),
] as const;
export type GateCode = (typeof GATE_CODES)[number];

/** A gate of an opening, made ready: what it says of one expert after the other; undefined where it asks nothing of them. */
export type GateOf = (expert: ExpertDocument) => Gate | undefined;

/** A gate that is passed; both sides read the same. */
export function pass(code: GateCode, sentence: string): Gate {
  return { code, outcome: 'PASS', forLab: sentence, forExpert: sentence };
}

/** A gate that is not passed. */
export function stop(code: GateCode, outcome: 'FAIL' | 'UNKNOWN', forLab: string, forExpert: string): Gate {
  return { code, outcome, forLab, forExpert };
}

import type { Caller } from './api';

/** What the proof of the books finds wrong, as somebody of the staff reads it: a sentence each. */
export async function faultsOf(auditor: Caller): Promise<string[]> {
  const { proveBooks } = await auditor.ask('mutation { proveBooks { checks { faults } } }');
  return proveBooks.checks.flatMap((each: { faults: string[] }) => each.faults);
}

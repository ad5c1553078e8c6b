import { sayRetired } from '../config/config';
import { BadSetting } from '../config/settings';

/** Starts a process and says which of its settings are no longer read; a bad setting ends it with one sentence, anything else with its error. */
export function startOrSay(name: string, start: () => Promise<void>): void {
  sayRetired((sentence) => process.stderr.write(`${sentence}\n`));
  start().catch((error: unknown) => {
    process.stderr.write(
      error instanceof BadSetting
        ? `${error.message}\n`
        : `The ${name} could not start: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exit(error instanceof BadSetting ? 2 : 1);
  });
}

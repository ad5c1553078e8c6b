// A folder that must be gone when the work on it ends, however it ends.
import { rmSync } from 'node:fs';

/** Removes a folder when this process ends, by a signal too. Returns how to remove it before. */
export function removedAtTheEnd(folder) {
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  return () => {
    process.off('exit', remove);
    remove();
  };
}

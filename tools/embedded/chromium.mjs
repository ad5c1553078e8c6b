// Debian's Chromium, found or installed.
import { programOf } from './debian.mjs';

/** Where Chromium is, and the flags with which it stays on this machine. */
export function chromium() {
  return {
    executablePath: programOf('chromium', ['chromium']),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}

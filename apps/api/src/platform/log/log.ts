import pino, { type Logger } from 'pino';

/** The process's log: JSON lines on standard error. Secrets and personal values are never logged: ids and codes are. */
export const log: Logger = pino(
  {
    level: 'info',
    base: undefined,
    redact: { paths: ['*.password', '*.token', '*.email', '*.secret'], censor: '…' },
  },
  pino.destination({ fd: 2, sync: true }),
);

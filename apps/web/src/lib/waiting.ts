import { useEffect } from 'react';
import { readAgain } from './api';

/** Reads the page again every few seconds while something that the server works on is awaited. */
export function useReadAgainWhile(isAwaited: boolean, seconds = 3): void {
  useEffect(() => {
    if (!isAwaited) return undefined;
    const beat = setInterval(readAgain, seconds * 1000);
    return () => clearInterval(beat);
  }, [isAwaited, seconds]);
}

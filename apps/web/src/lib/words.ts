/** A code of a state in words: `BLOCKED_FUNDING` reads “Blocked funding”. */
export function words(code: string): string {
  const text = code.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A count with its noun: `1 line`, `3 lines`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What a person wrote, with a full stop where it ends without any mark, so that another sentence may follow. */
export function asSentence(text: string): string {
  return /[.!?…]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** A key for one action, so that sending it twice acts once. */
export function newKey(): string {
  return crypto.randomUUID();
}

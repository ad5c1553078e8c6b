import { completed } from './contract/contract';
import type { Body, Books } from './store';

/** An answer with the objects that a call wants in place of their ids: `latest_charge.balance_transaction`, `data.source`. */
export async function expanded(books: Books, body: Body, paths: unknown): Promise<Body> {
  let result = body;
  for (const path of Array.isArray(paths) ? paths : [])
    result = (await replaced(books, result, String(path).split('.'))) as Body;
  return result;
}

async function replaced(books: Books, at: unknown, path: readonly string[]): Promise<unknown> {
  const [name, ...rest] = path;
  if (Array.isArray(at)) {
    const items: unknown[] = [];
    for (const each of at) items.push(await replaced(books, each, path));
    return items;
  }
  if (name === undefined) {
    if (typeof at !== 'string') return at;
    const found = await books.find(at);
    return found ? completed(found) : at;
  }
  if (typeof at === 'string') {
    const found = await books.find(at);
    return found ? replaced(books, completed(found), path) : at;
  }
  if (typeof at !== 'object' || at === null) return at;
  return { ...at, [name]: await replaced(books, (at as Body)[name], rest) };
}

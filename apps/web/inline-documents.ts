import { readFileSync } from 'node:fs';
import { parse, type DocumentNode } from 'graphql';
import type { Plugin } from 'vite';

const CALL = /\bgraphql\(`([^`]*)`\)/g;
const NAME = /\b(?:query|mutation|subscription)\s+(\w+)/;

/**
 * Puts each GraphQL document into the module that uses it. The generated `graphql()` looks every document of the
 * product up in one table, which would make every page carry the documents of all others.
 */
export function inlineDocuments(manifest: string): Plugin {
  let byName = new Map<string, string>();
  return {
    name: 'inline-documents',
    enforce: 'pre',
    buildStart() {
      const stored = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>;
      byName = new Map(Object.entries(stored).map(([hash, text]) => [nameOf(text), inlined(hash, text)]));
    },
    transform(code, id) {
      if (!/\.tsx?$/.test(id) || !code.includes('graphql(`')) return undefined;
      return {
        code: code.replace(CALL, (_call, text: string) => {
          const document = byName.get(nameOf(text));
          if (document === undefined)
            throw new Error(`${id}: ${nameOf(text)} is not among the stored documents`);
          return document;
        }),
        map: null,
      };
    },
  };
}

function nameOf(text: string): string {
  const name = NAME.exec(text)?.[1];
  if (name === undefined) throw new Error(`a document has no name: ${text.slice(0, 80)}`);
  return name;
}

function inlined(hash: string, text: string): string {
  const document: DocumentNode = parse(text, { noLocation: true });
  return `(${JSON.stringify({ ...document, __meta__: { hash: hash.replace(/^sha256:/, '') } })})`;
}

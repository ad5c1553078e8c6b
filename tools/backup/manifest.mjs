// What is in a backup: every file with its SHA-256, and every folder.
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';

export const MANIFEST = 'manifest.json';

/** Everything below a folder, the manifest itself excepted: files with their hash, and folders. */
export async function contents(root) {
  const files = {};
  const folders = [];
  const walk = async (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (name === MANIFEST) continue;
      if (entry.isDirectory()) {
        folders.push(name);
        await walk(name);
      } else files[name] = await hashOf(path.join(root, name));
    }
  };
  await walk('');
  return { files, folders };
}

async function hashOf(file) {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part);
  return hash.digest('hex');
}

/** The first difference between what a manifest says and what is there, as words; undefined where there is none. */
export function difference(said, found) {
  for (const [name, hash] of Object.entries(said.files)) {
    if (found.files[name] === undefined) return `${name} is missing`;
    if (found.files[name] !== hash) return `${name} is not what was backed up`;
  }
  const extra = Object.keys(found.files).find((name) => said.files[name] === undefined);
  if (extra) return `${extra} was not backed up`;
  const folder = said.folders.find((name) => !found.folders.includes(name));
  return folder && `the folder ${folder} is missing`;
}

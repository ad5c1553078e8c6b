// Files that a tool is given by its options: read as UTF-8 or refused, and never both read and written.
import { existsSync, lstatSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

/** What somebody gave wrongly; its message says what to do. */
export class BadArgument extends Error {}

/** The text of a file. Refuses what cannot be read and what is not UTF-8, with the first line that is not. */
export function fileText(option, file) {
  let bytes;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new BadArgument(`--${option}: ${file} cannot be read (${error.code}).`);
  }
  try {
    return decoded(bytes);
  } catch {
    throw new BadArgument(
      `--${option}: ${file}, line ${firstBadLine(bytes)}: this is not UTF-8. Save the file as UTF-8.`,
    );
  }
}

/** What is written takes the place of what is there: of a file, and of nothing else. */
export function mustBeFile(option, file) {
  if (existsSync(file) && !statSync(file).isFile())
    throw new BadArgument(`--${option}: ${file} is no file: name a file, which may be there already or not.`);
}

/** Refuses where what an option writes is the file of another one, by whatever name. @param files file by option */
export function mustBeApart(written, files) {
  for (const [option, file] of Object.entries(files))
    if (option !== written && file !== undefined && isSame(files[written], file))
      throw new BadArgument(
        `--${written}: ${files[written]} is the file of --${option}, which would be written over. Name another file.`,
      );
}

function isSame(one, other) {
  if (whole(one) === whole(other)) return true;
  if (!existsSync(one) || !existsSync(other)) return false;
  const [a, b] = [statSync(one), statSync(other)];
  return a.dev === b.dev && a.ino === b.ino;
}

/** Where a name leads, whether or not there is a file yet. */
function whole(file) {
  if (existsSync(file)) return realpathSync(file);
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink())
    return path.resolve(path.dirname(file), readlinkSync(file));
  const folder = path.dirname(path.resolve(file));
  return path.join(existsSync(folder) ? realpathSync(folder) : folder, path.basename(file));
}

function decoded(bytes) {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** No byte of a longer character is a line break, so each line can be looked at by itself. */
function firstBadLine(bytes) {
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(10, from);
    const next = end < 0 ? bytes.length : end + 1;
    try {
      decoded(bytes.subarray(from, next));
    } catch {
      return line;
    }
    from = next;
  }
  return line;
}

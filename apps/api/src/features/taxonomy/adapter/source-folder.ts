import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { rowsOfCsv, rowsOfTsv, textOf, type Row } from './delimited';
import { BadTaxonomy } from './taxonomy-source';

/** A folder with the files of a source. */
export class SourceFolder {
  private constructor(private readonly folder: string) {}

  /**
   * Opens a folder: it, or a folder directly in it, holds one of the files by which the source is known.
   * Throws BadTaxonomy with a sentence that names it.
   */
  static open(given: string, source: string, knownBy: readonly string[]): SourceFolder {
    if (!existsSync(given))
      throw new BadTaxonomy(`The folder ${given} does not exist. Give the folder of the ${source} files.`);
    if (!statSync(given).isDirectory())
      throw new BadTaxonomy(`${given} is a file. Give the folder in which the ${source} files are.`);
    const inside = readdirSync(given, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(given, entry.name))
      .sort();
    const folder = [given, ...inside].find((each) =>
      knownBy.some((file) => existsSync(path.join(each, file))),
    );
    if (folder === undefined)
      throw new BadTaxonomy(
        `The folder ${given} has no file of ${source} that can be loaded: it needs ${knownBy.join(' or ')}.`,
      );
    return new SourceFolder(folder);
  }

  /** True where a file is there. */
  has(file: string): boolean {
    return existsSync(path.join(this.folder, file));
  }

  /** Names of the files, in order. */
  files(): string[] {
    return readdirSync(this.folder).sort();
  }

  /** Rows of a comma-separated file. Throws BadTaxonomy. */
  csv(file: string, columns: readonly string[]): Row[] {
    return rowsOfCsv(this.text(file), file, columns);
  }

  /** Rows of a tab-separated file. Throws BadTaxonomy. */
  tsv(file: string, columns: readonly string[]): Row[] {
    return rowsOfTsv(this.text(file), file, columns);
  }

  private text(file: string): string {
    const full = path.join(this.folder, file);
    let bytes: Buffer;
    try {
      bytes = readFileSync(full);
    } catch (error) {
      throw new BadTaxonomy(
        `${full} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`,
      );
    }
    return textOf(bytes, file);
  }
}

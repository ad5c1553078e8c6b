import { Injectable } from '@nestjs/common';
import { readOwn } from '../adapter/own';
import { ImportTaxonomy, type Loaded } from './import-taxonomy';

/** Loads the small list of concepts that the product ships, so that it works without ESCO and O*NET. */
@Injectable()
export class LoadOwnTaxonomy {
  constructor(private readonly importTaxonomy: ImportTaxonomy) {}

  /**
   * @param text the JSON of the list: `{ concepts: [{ id, kind, label, aliases, broader, description?, isRegulated? }] }`
   * Throws BadTaxonomy, naming the part that is wrong; then nothing is stored. Loading it again changes nothing.
   */
  async run(text: string, file = 'taxonomy.json'): Promise<Loaded> {
    return this.importTaxonomy.run(readOwn(text, file));
  }
}

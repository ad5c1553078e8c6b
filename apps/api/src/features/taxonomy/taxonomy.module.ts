import { Module } from '@nestjs/common';
import { TaxonomyQueries } from './taxonomy.queries';
import { TaxonomyResolver } from './taxonomy.resolver';
import { ImportTaxonomy } from './use-cases/import-taxonomy';
import { LoadOwnTaxonomy } from './use-cases/load-own-taxonomy';

@Module({
  providers: [TaxonomyResolver, TaxonomyQueries, ImportTaxonomy, LoadOwnTaxonomy],
  exports: [TaxonomyQueries, ImportTaxonomy, LoadOwnTaxonomy],
})
export class TaxonomyModule {}

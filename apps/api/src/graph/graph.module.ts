import { Module } from '@nestjs/common';

/** Every GraphQL edge between features. */
@Module({ providers: [] })
export class GraphModule {}

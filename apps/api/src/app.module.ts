import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import { FeaturesModule } from './features.module';
import { GraphModule } from './graph/graph.module';
import { SCALARS } from './platform/graphql/date-time.scalar';
import { describeRoots } from './platform/graphql/describe-roots';
import { formatErrors } from './platform/graphql/format-error';
import { HealthController } from './platform/health/health.controller';

/** The API: GraphQL, health, webhooks, pages. */
@Module({
  imports: [
    GraphQLModule.forRoot<MercuriusDriverConfig>({
      driver: MercuriusDriver,
      autoSchemaFile: true,
      buildSchemaOptions: { scalarsMap: SCALARS },
      transformSchema: describeRoots,
      jit: 1,
      routes: false,
      sortSchema: true,
      errorFormatter: formatErrors,
    }),
    FeaturesModule,
    GraphModule,
  ],
  controllers: [HealthController],
})
export class AppModule {}

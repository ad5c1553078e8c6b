import { Module } from '@nestjs/common';
import { ProjectModule } from '../project/project.module';
import { PublicRenderer } from './public-renderer';
import { TransparencyController } from './transparency.controller';
import { TransparencyQueries } from './transparency.queries';

@Module({
  imports: [ProjectModule],
  providers: [TransparencyQueries, PublicRenderer],
  controllers: [TransparencyController],
})
export class TransparencyModule {}

import { Module } from '@nestjs/common';
import { ProjectModule } from '../project/project.module';
import { TransparencyController } from './transparency.controller';

@Module({ imports: [ProjectModule], controllers: [TransparencyController] })
export class TransparencyModule {}

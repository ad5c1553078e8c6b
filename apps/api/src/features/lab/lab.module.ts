import { Module } from '@nestjs/common';
import { LabQueries } from './lab.queries';
import { LabResolver } from './lab.resolver';
import { CreateLab } from './use-cases/create-lab';
import { EditVetting } from './use-cases/edit-vetting';
import { InviteMember } from './use-cases/invite-member';
import { JoinLab } from './use-cases/join-lab';
import { RemoveMember } from './use-cases/remove-member';
import { VetLab } from './use-cases/vet-lab';

@Module({
  providers: [LabResolver, LabQueries, CreateLab, EditVetting, InviteMember, JoinLab, RemoveMember, VetLab],
  exports: [LabQueries],
})
export class LabModule {}

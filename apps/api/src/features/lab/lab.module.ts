import { Module } from '@nestjs/common';
import { LabQueries } from './lab.queries';
import { LabResolver } from './lab.resolver';
import { ChangeMemberRole } from './use-cases/change-member-role';
import { CreateLab } from './use-cases/create-lab';
import { EditVetting } from './use-cases/edit-vetting';
import { InviteMember } from './use-cases/invite-member';
import { JoinLab } from './use-cases/join-lab';
import { RemoveMember } from './use-cases/remove-member';
import { RevokeInvitation } from './use-cases/revoke-invitation';
import { VetLab } from './use-cases/vet-lab';

@Module({
  providers: [
    LabResolver,
    LabQueries,
    CreateLab,
    EditVetting,
    InviteMember,
    JoinLab,
    RemoveMember,
    ChangeMemberRole,
    RevokeInvitation,
    VetLab,
  ],
  exports: [LabQueries],
})
export class LabModule {}

import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPerson, Public, Requires } from '../../platform/access/access.decorators';
import type { Person } from '../../platform/access/actor';
import { PageArgs, type Connection } from '../../platform/graphql/connection';
import {
  ChangeMemberRoleInput,
  CreateLabInput,
  EditVettingInput,
  InviteMemberInput,
  VetLabInput,
} from './graphql/lab.input';
import { Lab, LabConnection, LabDetail, LabInvitationCard } from './graphql/lab.model';
import { LabQueries } from './lab.queries';
import { ChangeMemberRole } from './use-cases/change-member-role';
import { CreateLab } from './use-cases/create-lab';
import { EditVetting } from './use-cases/edit-vetting';
import { InviteMember } from './use-cases/invite-member';
import { JoinLab } from './use-cases/join-lab';
import { RemoveMember } from './use-cases/remove-member';
import { RevokeInvitation } from './use-cases/revoke-invitation';
import { VetLab } from './use-cases/vet-lab';

@Resolver(() => LabDetail)
export class LabResolver {
  constructor(
    private readonly queries: LabQueries,
    private readonly createCase: CreateLab,
    private readonly editCase: EditVetting,
    private readonly inviteCase: InviteMember,
    private readonly joinCase: JoinLab,
    private readonly removeCase: RemoveMember,
    private readonly roleCase: ChangeMemberRole,
    private readonly revokeCase: RevokeInvitation,
    private readonly vetCase: VetLab,
  ) {}

  @Requires('lab:read')
  @Query(() => LabDetail, { description: 'The lab that the person acts for.' })
  myLab(@CurrentPerson() person: Person): Promise<LabDetail> {
    return this.queries.detail(person, person.labId ?? '');
  }

  @Requires('lab:list')
  @Query(() => LabDetail, { description: 'Any lab, for staff. Refuses with NOT_FOUND.' })
  lab(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<LabDetail> {
    return this.queries.detail(person, id);
  }

  @Requires('project:read')
  @Query(() => Lab, {
    description: 'A vetted lab, as everybody who works here may see it. Refuses with NOT_FOUND.',
  })
  labCard(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<Lab> {
    return this.queries.card(person, id);
  }

  @Public()
  @Query(() => LabInvitationCard, {
    description: 'What an invitation is for, by the secret of its link. Refuses with LINK_USED.',
  })
  labInvitation(
    @Args('token', { type: () => String, description: 'The secret of the link.' }) token: string,
  ): Promise<LabInvitationCard> {
    return this.queries.invitation(token);
  }

  @Requires('lab:list')
  @Query(() => LabConnection, { description: 'Labs, those that wait longest first, for staff.' })
  labs(
    @CurrentPerson() person: Person,
    @Args() page: PageArgs,
    @Args('state', { nullable: true, description: 'Only this state.' }) state?: string,
    @Args('search', { nullable: true, description: 'A part of the name or legal name.' }) search?: string,
  ): Promise<Connection<Lab>> {
    return this.queries.list(person, { state, search }, page);
  }

  @Requires('lab:create')
  @Mutation(() => LabDetail, {
    description:
      'Makes a lab; the person becomes its owner. Refuses with LAB_EXISTS, OWNERS_MISSING, SHARES_TOO_MUCH.',
  })
  async createLab(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: CreateLabInput,
  ): Promise<LabDetail> {
    const labId = await this.createCase.run(person, input);
    return this.queries.detail({ ...person, labId }, labId);
  }

  @Requires('lab:manage')
  @Mutation(() => LabDetail, {
    description:
      'Corrects owners and competitors, and names where given; a refused lab waits for vetting again. Refuses with OWNERS_MISSING, OWNER_UNREADABLE, SHARES_TOO_MUCH.',
  })
  async editVetting(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: EditVettingInput,
  ): Promise<LabDetail> {
    await this.editCase.run(person, input);
    return this.myLab(person);
  }

  @Requires('lab:manage')
  @Mutation(() => Boolean, {
    description:
      'Invites somebody by email; replaces an open invitation to the address. Refuses with ALREADY_MEMBER.',
  })
  async inviteLabMember(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: InviteMemberInput,
  ): Promise<boolean> {
    await this.inviteCase.run(person, input);
    return true;
  }

  @Requires('account:use')
  @Mutation(() => Boolean, {
    description: 'Takes an invitation. Refuses with LINK_USED, INVITED_OTHER, LAB_EXISTS.',
  })
  async joinLab(
    @CurrentPerson() person: Person,
    @Args('token', { description: 'The secret of the link.' }) token: string,
  ): Promise<boolean> {
    await this.joinCase.run(person, token);
    return true;
  }

  @Requires('lab:manage')
  @Mutation(() => LabDetail, { description: 'Ends a membership. Refuses with LAST_OWNER.' })
  async removeLabMember(
    @CurrentPerson() person: Person,
    @Args('memberId', { type: () => ID, description: 'The member.' }) memberId: string,
  ): Promise<LabDetail> {
    await this.removeCase.run(person, memberId);
    return this.myLab(person);
  }

  @Requires('lab:read')
  @Mutation(() => Boolean, { description: 'Ends the own membership. Refuses with LAST_OWNER.' })
  async leaveLab(@CurrentPerson() person: Person): Promise<boolean> {
    await this.removeCase.leave(person);
    return true;
  }

  @Requires('lab:manage')
  @Mutation(() => LabDetail, {
    description: 'Gives a member another role. Refuses with LAST_OWNER, NOT_FOUND.',
  })
  async changeLabMemberRole(
    @CurrentPerson() person: Person,
    @Args('input', { type: () => ChangeMemberRoleInput, description: 'What is asked for, field by field.' })
    input: ChangeMemberRoleInput,
  ): Promise<LabDetail> {
    await this.roleCase.run(person, input);
    return this.myLab(person);
  }

  @Requires('lab:manage')
  @Mutation(() => LabDetail, {
    description: 'Withdraws an invitation that is not taken yet. Refuses with NOT_FOUND.',
  })
  async revokeLabInvitation(
    @CurrentPerson() person: Person,
    @Args('id', { type: () => ID, description: 'Its id.' }) id: string,
  ): Promise<LabDetail> {
    await this.revokeCase.run(person, id);
    return this.myLab(person);
  }

  @Requires('lab:vet')
  @Mutation(() => LabDetail, {
    description:
      'Vets a lab or refuses it, with a reason. Refuses with STATE_CHANGED, CHANGED_MEANWHILE, OWN_LAB.',
  })
  async vetLab(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: VetLabInput,
  ): Promise<LabDetail> {
    await this.vetCase.run(person, input);
    return this.queries.detail(person, input.labId);
  }
}

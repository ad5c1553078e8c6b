import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, CurrentPerson, Public, Requires } from '../../platform/access/access.decorators';
import type { Actor, Person } from '../../platform/access/actor';
import { Config } from '../../platform/config/config';
import { Refused } from '../../platform/errors/refused';
import type { GraphqlContext } from '../../platform/graphql/graphql-context';
import { clearSessionCookie, setSessionCookie } from '../../platform/http/session-cookie';
import { RateLimits } from '../../platform/limits/rate-limits';
import { sha256 } from '../../platform/crypto/digest';
import {
  ChangeDetailsInput,
  ChangePasswordInput,
  FirstAdminInput,
  ResetPasswordInput,
  SignInInput,
  SignUpInput,
} from './graphql/account.input';
import { Viewer } from './graphql/account.model';
import { ChangeDetails } from './use-cases/change-details';
import { ChangePassword } from './use-cases/change-password';
import { CreateFirstAdmin } from './use-cases/create-first-admin';
import { GrantStaffRole } from './use-cases/grant-staff-role';
import { RequestPasswordReset } from './use-cases/request-password-reset';
import { ResetPassword } from './use-cases/reset-password';
import { SignIn } from './use-cases/sign-in';
import { SignOut } from './use-cases/sign-out';
import { SignOutEverywhere } from './use-cases/sign-out-everywhere';
import { SignUp } from './use-cases/sign-up';

const SENT = 'If this address has an account, an email with a link is on its way. It works for one hour.';

@Resolver(() => Viewer)
export class AccountResolver {
  constructor(
    private readonly config: Config,
    private readonly limits: RateLimits,
    private readonly signUpCase: SignUp,
    private readonly signInCase: SignIn,
    private readonly signOutCase: SignOut,
    private readonly requestReset: RequestPasswordReset,
    private readonly reset: ResetPassword,
    private readonly firstAdmin: CreateFirstAdmin,
    private readonly changeDetailsCase: ChangeDetails,
    private readonly grantRole: GrantStaffRole,
    private readonly changePasswordCase: ChangePassword,
    private readonly everywhere: SignOutEverywhere,
  ) {}

  @Public()
  @Query(() => Viewer, { nullable: true, description: 'The signed-in person; null for a visitor.' })
  viewer(@CurrentActor() actor: Actor): Viewer | null {
    if (actor.kind !== 'PERSON') return null;
    const { accountId, name, email, timeZone, labId, labRole, expertId, staffRoles } = actor;
    return {
      id: accountId,
      name,
      email,
      timeZone,
      labId: labId ?? null,
      labRole: labRole ?? null,
      expertId: expertId ?? null,
      staffRoles: [...staffRoles],
    };
  }

  @Public()
  @Mutation(() => Boolean, {
    description:
      'Makes an account and signs it in. Refuses with EMAIL_TAKEN, PASSWORD_TOO_SHORT and the like.',
  })
  async signUp(
    @Args('input', { description: 'What is asked for, field by field.' }) input: SignUpInput,
    @Context() context: GraphqlContext,
  ): Promise<boolean> {
    await this.limits.count('sign-up', sha256(context.req.ip).toString('hex'));
    return this.signedIn(context, await this.signUpCase.run(input));
  }

  @Public()
  @Mutation(() => Boolean, {
    description:
      'Signs a person in. Refuses with SIGN_IN_REFUSED; once a document, so that guesses cannot be stacked.',
  })
  async signIn(
    @Args('input', { description: 'What is asked for, field by field.' }) input: SignInInput,
    @Context() context: GraphqlContext,
  ): Promise<boolean> {
    onlyOnce(context, 'signIn');
    return this.signedIn(context, await this.signInCase.run(input, context.req.ip));
  }

  @Requires('account:use')
  @Mutation(() => Boolean, { description: 'Ends the session on the server.' })
  async signOut(@CurrentPerson() person: Person, @Context() context: GraphqlContext): Promise<boolean> {
    await this.signOutCase.run(person);
    clearSessionCookie(context.reply, this.config.isHttps);
    return true;
  }

  @Requires('account:use')
  @Mutation(() => Boolean, {
    description:
      'Sets a new password and ends every other session. Refuses with PASSWORD_WRONG, PASSWORD_TOO_SHORT and the like; once a document.',
  })
  async changePassword(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'The old and the new password.' }) input: ChangePasswordInput,
    @Context() context: GraphqlContext,
  ): Promise<boolean> {
    onlyOnce(context, 'changePassword');
    await this.changePasswordCase.run(person, input);
    return true;
  }

  @Requires('account:use')
  @Mutation(() => Boolean, { description: 'Ends every session of the person, this one too.' })
  async signOutEverywhere(
    @CurrentPerson() person: Person,
    @Context() context: GraphqlContext,
  ): Promise<boolean> {
    await this.everywhere.run(person);
    clearSessionCookie(context.reply, this.config.isHttps);
    return true;
  }

  @Public()
  @Mutation(() => String, {
    description: 'Mails a link for a new password; the answer is the same for every address.',
  })
  async requestPasswordReset(
    @Args('email', { description: 'Address of the account.' }) email: string,
    @Context() context: GraphqlContext,
  ): Promise<string> {
    onlyOnce(context, 'requestPasswordReset');
    await this.requestReset.run({ email });
    return SENT;
  }

  @Public()
  @Mutation(() => Boolean, {
    description: 'Sets a new password by a mailed link and ends all sessions. Refuses with LINK_USED.',
  })
  async resetPassword(
    @Args('input', { description: 'What is asked for, field by field.' }) input: ResetPasswordInput,
  ): Promise<boolean> {
    await this.reset.run(input);
    return true;
  }

  @Public()
  @Mutation(() => Boolean, {
    description: 'Makes the first admin by the one-time link that the start printed. Refuses with LINK_USED.',
  })
  async createFirstAdmin(
    @Args('input', { description: 'What is asked for, field by field.' }) input: FirstAdminInput,
    @Context() context: GraphqlContext,
  ): Promise<boolean> {
    return this.signedIn(context, await this.firstAdmin.run(input));
  }

  @Requires('account:use')
  @Mutation(() => Viewer, { description: "Changes the person's name and time zone." })
  async changeDetails(
    @CurrentPerson() person: Person,
    @Args('input', { description: 'What is asked for, field by field.' }) input: ChangeDetailsInput,
  ): Promise<Viewer | null> {
    await this.changeDetailsCase.run(person, input);
    return this.viewer({ ...person, name: input.name.trim(), timeZone: input.timeZone });
  }

  @Requires('staff:manage')
  @Mutation(() => Boolean, {
    description:
      'Gives an account a staff role: true where it has it, false where another person is asked first (TRUST, FINANCE and ADMIN, unless nobody else is there who could decide). Refuses with ACCOUNT_UNKNOWN, ROLE_UNKNOWN, EMAIL_UNPROVEN (nobody has read mail at the address yet), ASKED_ALREADY.',
  })
  async grantStaffRole(
    @CurrentPerson() person: Person,
    @Args('email', { description: 'Address of the account.' }) email: string,
    @Args('role', { description: 'VERIFIER, TRUST, FINANCE, AUDITOR or ADMIN.' }) role: string,
  ): Promise<boolean> {
    return this.grantRole.run(person, { email, role });
  }

  private signedIn(context: GraphqlContext, token: string): boolean {
    setSessionCookie(context.reply, token, this.config.isHttps, this.config.get('SESSION_MAX_SECONDS'));
    return true;
  }
}

/** Refuses a second call of an operation in one request. */
function onlyOnce(context: GraphqlContext, name: string): void {
  if (context.loaders.has(`once:${name}`))
    throw new Refused('TOO_MANY_TRIES', 'Send one such request at a time.');
  context.loaders.set(`once:${name}`, true);
}

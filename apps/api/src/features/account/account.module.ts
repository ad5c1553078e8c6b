import { Module } from '@nestjs/common';
import { SESSION_FINDER } from '../../platform/http/authentication';
import { AccountQueries } from './account.queries';
import { AccountResolver } from './account.resolver';
import { Passwords } from './passwords';
import { PeopleResolver } from './people.resolver';
import { Sessions } from './sessions';
import { ChangeDetails } from './use-cases/change-details';
import { ChangePassword } from './use-cases/change-password';
import { CreateFirstAdmin } from './use-cases/create-first-admin';
import { GrantStaffRole } from './use-cases/grant-staff-role';
import { RequestPasswordReset } from './use-cases/request-password-reset';
import { ResetPassword } from './use-cases/reset-password';
import { RevokeStaffRole } from './use-cases/revoke-staff-role';
import { SignIn } from './use-cases/sign-in';
import { SignOut } from './use-cases/sign-out';
import { SignOutEverywhere } from './use-cases/sign-out-everywhere';
import { SignUp } from './use-cases/sign-up';

const USE_CASES = [
  SignUp,
  SignIn,
  SignOut,
  RequestPasswordReset,
  ResetPassword,
  CreateFirstAdmin,
  ChangeDetails,
  GrantStaffRole,
  RevokeStaffRole,
  ChangePassword,
  SignOutEverywhere,
];

@Module({
  providers: [
    AccountResolver,
    PeopleResolver,
    AccountQueries,
    Passwords,
    Sessions,
    { provide: SESSION_FINDER, useExisting: Sessions },
    ...USE_CASES,
  ],
  exports: [SESSION_FINDER, SignUp, CreateFirstAdmin, Sessions],
})
export class AccountModule {}

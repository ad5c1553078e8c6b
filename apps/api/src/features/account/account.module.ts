import { Module } from '@nestjs/common';
import { SESSION_FINDER } from '../../platform/http/authentication';
import { AccountResolver } from './account.resolver';
import { Passwords } from './passwords';
import { Sessions } from './sessions';
import { ChangeDetails } from './use-cases/change-details';
import { CreateFirstAdmin } from './use-cases/create-first-admin';
import { GrantStaffRole } from './use-cases/grant-staff-role';
import { RequestPasswordReset } from './use-cases/request-password-reset';
import { ResetPassword } from './use-cases/reset-password';
import { SignIn } from './use-cases/sign-in';
import { SignOut } from './use-cases/sign-out';
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
];

@Module({
  providers: [
    AccountResolver,
    Passwords,
    Sessions,
    { provide: SESSION_FINDER, useExisting: Sessions },
    ...USE_CASES,
  ],
  exports: [SESSION_FINDER, SignUp, CreateFirstAdmin, Sessions],
})
export class AccountModule {}

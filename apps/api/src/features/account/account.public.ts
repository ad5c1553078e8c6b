export { SignUp } from './use-cases/sign-up';
export { CreateFirstAdmin } from './use-cases/create-first-admin';
export { tokenHash } from './sessions';

export {
  applicationStates,
  findApplication,
  lockOffer,
  moveApplication,
  moveOffer,
  openApplications,
  type OfferRecord,
} from './application.repository';
export { Apply } from './use-cases/apply';
export { ReviewApplication } from './use-cases/review-application';
export { ruledOutBy, withdrawApplication } from './withdrawal';

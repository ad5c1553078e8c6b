export { ApprovalLimits } from './approval-limits';
export { ApprovalActions, type ApprovalAction } from './approval-actions';
export {
  approvalsOf,
  lapseApproval,
  newestAbout,
  requestApproval,
  waitingApprovals,
  waitingOfExperts,
  type ApprovalStanding,
  type ApprovalWish,
  type ExpertApproval,
} from './request-approval';

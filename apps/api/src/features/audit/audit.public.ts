export { ApprovalLimits } from './approval-limits';
export { ApprovalActions, type ApprovalAction } from './approval-actions';
export { approvalsFor } from './approvals-for';
export {
  approvalsOf,
  lapseApproval,
  newestAbout,
  overtakeWaiting,
  requestApproval,
  waitingApprovals,
  waitingOfExperts,
  withdrawApproval,
  type ApprovalStanding,
  type ApprovalWish,
  type ExpertApproval,
} from './request-approval';

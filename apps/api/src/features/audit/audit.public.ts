export { ApprovalActions, type ApprovalAction } from './approval-actions';
export {
  approvalsOf,
  requestApproval,
  waitingApprovals,
  type ApprovalStanding,
  type ApprovalWish,
} from './request-approval';

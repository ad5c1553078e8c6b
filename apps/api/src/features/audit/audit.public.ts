export { ApprovalActions, type ApprovalAction } from './approval-actions';
export { approvalsOf, requestApproval, type ApprovalStanding, type ApprovalWish } from './request-approval';

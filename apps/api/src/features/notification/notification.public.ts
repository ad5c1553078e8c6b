export { notify, notifyExperts, writeMail, type Notice } from './notify';
export type { Audience } from './notification.repository';

export { notify, notifyByChoice, notifyExperts, writeMail, writeMailByChoice, type Notice } from './notify';
export type { Audience } from './notification.repository';

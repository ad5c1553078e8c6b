export { checkGates } from './check-gates';
export { replaceTrackRecords, type TrackRecord } from './track-record.repository';
export { expertDocuments, openingDocuments } from './documents';

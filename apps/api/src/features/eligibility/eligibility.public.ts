export { checkGates } from './check-gates';
export { replaceTrackRecords, type TrackRecord } from './track-record.repository';
export { activeExpertDocuments, expertDocuments, openingDocuments } from './documents';

export { checkGates, stoppedGate, stoppedOffers, stoppedOnDay, type StoppedGate } from './check-gates';
export { replaceTrackRecords, type TrackRecord } from './track-record.repository';
export {
  countDeclarations,
  findDeclaration,
  insertDecision,
  insertDeclarations,
  listDeclarations,
  newestDecisions,
  openingIdsThatMayAsk,
  type DeclarationRecord,
  type DecisionRecord,
} from './conflict.repository';
export { activeExpertDocuments, expertDocuments, findExpertDocument, openingDocuments } from './documents';
export { organisationsOf } from './organisations';
export { mendPathOf } from './mend-paths';

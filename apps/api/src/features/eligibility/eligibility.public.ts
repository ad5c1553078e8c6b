export { checkGates } from './check-gates';
export { expertDocuments, openingDocuments } from './documents';

export { ExportQueries } from './export.queries';
export { OutcomeQueries } from './outcome.queries';

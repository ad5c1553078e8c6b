export { ExportQueries } from './export.queries';

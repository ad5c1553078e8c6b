export { findLab, findLabs, competitorsOf, type LabRecord } from './lab.repository';
export { LabQueries } from './lab.queries';

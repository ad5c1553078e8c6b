export {
  countByRung,
  countMatches,
  countPublicOpenings,
  findProject,
  listPublicOpenings,
  lockOpening,
  openCountries,
  openingIdsLike,
  openingsWith,
  type OpeningFilter,
  type OpeningWithRequirements,
  type OpeningRecord,
} from './project.repository';
export { openingsListed } from './opening-list.repository';
export { takeSeat } from './seats';
export { ProjectQueries, type PublicOpening } from './project.queries';
export { SaveProject, type SaveProjectInput } from './use-cases/save-project';
export { PublishProject } from './use-cases/publish-project';
export { overlapOf, publicOpeningOf } from './graphql/project.shapes';

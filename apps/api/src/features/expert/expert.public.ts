export {
  activeExpertIdsAfter,
  findActiveExperts,
  findExpert,
  findExperts,
  activeExpertIds,
  listActiveExperts,
  listsOf,
  skillsListedAmong,
  type ExpertRecord,
  type ProfileLists,
} from './expert.repository';
export { moveExpert } from './move-expert';
export { ExpertQueries } from './expert.queries';

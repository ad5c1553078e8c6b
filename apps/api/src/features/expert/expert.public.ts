export {
  findExpert,
  findExperts,
  listActiveExperts,
  listsOf,
  skillsListedAmong,
  type ExpertRecord,
  type ProfileLists,
} from './expert.repository';
export { ExpertQueries } from './expert.queries';

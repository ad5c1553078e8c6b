export {
  findExpert,
  findExperts,
  listActiveExperts,
  listsOf,
  type ExpertRecord,
  type ProfileLists,
} from './expert.repository';
export { ExpertQueries } from './expert.queries';

import { Module } from '@nestjs/common';
import { ApplicationModule } from '../application/application.module';
import { IndexKeeper } from './engine/index-keeper';
import { Retriever } from './engine/retriever';
import { SearchKeeper } from './engine/search-keeper';
import { SeatSolver } from './engine/seat-solver';
import { ShardQueues } from './engine/shard-queues';
import { ConflictsQueries } from './conflicts.queries';
import { ConflictsResolver } from './conflicts.resolver';
import { ExportQueries } from './export.queries';
import { ImpactQueries } from './impact.queries';
import { MatchingJobs } from './matching.jobs';
import { MatchingQueries } from './matching.queries';
import { MatchingResolver } from './matching.resolver';
import { ModelQueries } from './model.queries';
import { ModelResolver } from './model.resolver';
import { OutcomeQueries } from './outcome.queries';
import { PastFitQueries } from './past-fit.queries';
import { PastFitResolver } from './past-fit.resolver';
import { SavedSearchQueries } from './saved-search.queries';
import { SavedSearchResolver } from './saved-search.resolver';
import { SeatsQueries } from './seats.queries';
import { SeatsResolver } from './seats.resolver';
import { SimilarQueries } from './similar.queries';
import { SimilarResolver } from './similar.resolver';
import { ConfirmSeats } from './use-cases/confirm-seats';
import { DecideConflict } from './use-cases/decide-conflict';
import { DeclareOwnership } from './use-cases/declare-ownership';
import { FollowChange } from './use-cases/follow-change';
import { FollowRelease } from './use-cases/follow-release';
import { MarkCandidate } from './use-cases/mark-candidate';
import { CountTrackRecords } from './use-cases/count-track-records';
import { NoteOutcome } from './use-cases/note-outcome';
import { NoteShown } from './use-cases/note-shown';
import { ProposeSeats } from './use-cases/propose-seats';
import { LookThroughSearches } from './use-cases/look-through-searches';
import { SaveSearch } from './use-cases/save-search';
import { SendDigests } from './use-cases/send-digests';
import { Score } from './use-cases/score';
import { VisibilityQueries } from './visibility.queries';
import { VisibilityResolver } from './visibility.resolver';
import { SwitchModel } from './use-cases/switch-model';

@Module({
  imports: [ApplicationModule],
  providers: [
    MatchingResolver,
    VisibilityResolver,
    VisibilityQueries,
    MatchingQueries,
    MatchingJobs,
    ExportQueries,
    OutcomeQueries,
    PastFitResolver,
    PastFitQueries,
    ModelResolver,
    ModelQueries,
    SavedSearchResolver,
    SavedSearchQueries,
    SaveSearch,
    LookThroughSearches,
    SendDigests,
    SimilarQueries,
    SimilarResolver,
    ImpactQueries,
    ConflictsResolver,
    ConflictsQueries,
    DeclareOwnership,
    DecideConflict,
    SwitchModel,
    FollowChange,
    FollowRelease,
    MarkCandidate,
    CountTrackRecords,
    NoteOutcome,
    NoteShown,
    IndexKeeper,
    SearchKeeper,
    ShardQueues,
    Retriever,
    Score,
    SeatsResolver,
    SeatsQueries,
    SeatSolver,
    ProposeSeats,
    ConfirmSeats,
  ],
  exports: [Score],
})
export class MatchingModule {}

import { EngagementsPage } from '../features/engagement/engagement-pages';
import { WeekPage } from '../features/timesheet/timesheet-pages';

/** Pages that both sides share, as one of them. */
export const ExpertEngagementsPage = () => <EngagementsPage side="expert" />;
export const ExpertWeekPage = () => <WeekPage side="expert" />;

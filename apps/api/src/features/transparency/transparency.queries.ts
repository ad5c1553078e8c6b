import { Injectable } from '@nestjs/common';
import { dayOf, RUNGS, type Rung } from '@tallystick/domain';
import type {
  DayTally,
  HomeData,
  OpeningData,
  OpeningsData,
  PlainData,
  RateCardData,
  ReportData,
} from '../../../../web/src/public/page-data';
import { ANONYMOUS, system } from '../../platform/access/actor';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { Refused } from '../../platform/errors/refused';
import type { Read } from '../../platform/prisma/transaction';
import { UnitOfWork } from '../../platform/prisma/unit-of-work';
import { conversionWords } from '../engagement/engagement.public';
import { resolveTakeRateForAll, type ResolvedTakeRate } from '../billing/billing.public';
import {
  countByRung,
  countMatches,
  countPublicOpenings,
  listPublicOpenings,
  openCountries,
  ProjectQueries,
  type OpeningFilter,
  type PublicOpening,
} from '../project/project.public';
import { jobPosting } from './job-posting';
import { nearestFilters } from './nearest';
import {
  amountOf,
  detailOf,
  FAMILY_CHOICES,
  hourAt,
  realisedOf,
  RUNG_CHOICES,
  rowOf,
  rungOf,
  tallyOf,
} from './public-views';
import { Remembered } from './remembered';
import {
  chargedBetween,
  chargedByMonth,
  FEWEST_PEOPLE,
  realisedByOpening,
  realisedByRung,
  type RealisedRow,
} from './transparency.repository';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
const PAGE = 20;
const SIMILAR = 3;
/** A sitemap may name 50000 addresses. Source: https://www.sitemaps.org/protocol.html */
const SITEMAP = 49_000;
/** The example on the first page: one hour at this rate, US cents. */
const EXAMPLE_RATE = 10_000n;

/** What the public pages show. Figures over all labs may be a minute old. */
@Injectable()
export class TransparencyQueries {
  private readonly remembered: Remembered;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly projects: ProjectQueries,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {
    this.remembered = new Remembered(() => clock.now());
  }

  /** The first page: yesterday's tally and the newest openings. */
  home(): Promise<HomeData> {
    return this.remembered.get('home', async () => {
      const { tally, takeRate, openCount } = await this.figures(async (read) => {
        const found = await resolveTakeRateForAll(read);
        return {
          takeRate: found.explanation,
          tally: await this.dayTally(read, found),
          openCount: await countPublicOpenings(read.db),
        };
      });
      const newest = await this.rows({}, SIMILAR);
      return { kind: 'HOME', tally, takeRate, openCount, newest, reviewDays: this.config.get('REVIEW_DAYS') };
    });
  }

  /** The rate card, of one rung or kind of work or of all. */
  rateCard(asked: RateCardData['asked']): Promise<RateCardData> {
    return this.remembered.get(`card ${asked.rung} ${asked.taskFamily}`, () =>
      this.figures(async (read) => {
        const { terms, explanation } = await resolveTakeRateForAll(read);
        const realised = await realisedByRung(read.db, this.yearAgo(), asked.taskFamily);
        const open = await countByRung(read.db, asked.taskFamily);
        const shown = (Object.keys(RUNGS) as Rung[]).filter((code) => !asked.rung || code === asked.rung);
        const highest = Object.values(RUNGS).reduce(
          (most, { maxMinor }) => (maxMinor > most ? maxMinor : most),
          0n,
        );
        return {
          kind: 'RATE_CARD',
          rungs: shown.map((code) =>
            rungOf(code, terms, realised, open.find(({ rung }) => rung === code)?.count ?? 0),
          ),
          scale: amountOf(highest, 'USD'),
          takeRate: explanation,
          conversion: await conversionWords(read),
          asked,
          choices: { rungs: RUNG_CHOICES, taskFamilies: FAMILY_CHOICES },
        };
      }),
    );
  }

  /** Open openings under a filter, a page of them; a cursor that is not ours gives the first page. */
  async openings(asked: OpeningFilter, cut: { after?: string; before?: string }): Promise<OpeningsData> {
    const found = await this.projects
      .publicOpenings(asked, { first: PAGE, ...cut })
      .catch((error: unknown) => {
        if (error instanceof Refused) return this.projects.publicOpenings(asked, { first: PAGE });
        throw error;
      });
    const realised = await this.realisedOf(found.edges.map(({ node }) => node.id));
    const { countries, counts } = await this.figures(async ({ db }) => ({
      countries: await openCountries(db),
      counts: found.totalCount === 0 ? await countMatches(db, asked) : [],
    }));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = found.pageInfo;
    return {
      kind: 'OPENINGS',
      rows: found.edges.map(({ node }) => rowOf(node, this.clock.now(), realised.get(node.id))),
      total: found.totalCount,
      asked,
      choices: { rungs: RUNG_CHOICES, taskFamilies: FAMILY_CHOICES, countries },
      after: hasNextPage ? endCursor : undefined,
      before: hasPreviousPage ? startCursor : undefined,
      nearest: nearestFilters(asked, counts),
    };
  }

  /** One published opening. Refuses with NOT_FOUND. */
  async opening(id: string): Promise<OpeningData> {
    const opening = await this.projects.opening(ANONYMOUS, id);
    const realised = (await this.realisedOf([id])).get(id);
    const card = await this.realisedByRung();
    const now = this.clock.now();
    const onRung = card.find(({ key, currency }) => key === opening.rung && currency === opening.currency);
    return {
      kind: 'OPENING',
      ...detailOf(opening),
      opening: rowOf(opening, now, realised),
      rungRealised: realisedOf(onRung),
      similar: await this.similar(opening),
      posting: opening.state === 'OPEN' ? jobPosting(opening, this.config.publicUrl, now) : undefined,
    };
  }

  /** What was charged, month by month, over the last two years. */
  report(): Promise<ReportData> {
    return this.remembered.get('report', () =>
      this.figures(async (read) => {
        const thisMonth = dayOf(this.clock.now()).slice(0, 7);
        const since = new Date(`${Number(thisMonth.slice(0, 4)) - 2}${thisMonth.slice(4)}-01T00:00:00Z`);
        const months = await chargedByMonth(read.db, since);
        return {
          kind: 'REPORT',
          takeRate: (await resolveTakeRateForAll(read)).explanation,
          months: months.map((row) => ({
            month: row.month,
            isComplete: row.month !== thisMonth,
            lines: row.lines,
            tally: tallyOf(row, row.currency),
          })),
        };
      }),
    );
  }

  /** Pages of words, with the two settings that they name. */
  plain(kind: PlainData['kind']): Promise<PlainData> {
    return this.remembered.get(kind, () =>
      this.figures(async (read) => ({
        kind,
        reviewDays: this.config.get('REVIEW_DAYS'),
        takeRate: (await resolveTakeRateForAll(read)).explanation,
      })),
    );
  }

  /** Open openings for the sitemap: id and the day of publishing. */
  sitemap(): Promise<{ id: string; day: string }[]> {
    return this.remembered.get('sitemap', () =>
      this.unitOfWork.readAs(ANONYMOUS, async ({ db }) =>
        (await listPublicOpenings(db, {}, SITEMAP)).map(({ id, publishedAt }) => ({
          id,
          day: dayOf(publishedAt),
        })),
      ),
    );
  }

  /** Sums over all labs: read by the product itself, as nobody in particular may see the rows. */
  private figures<T>(read: (read: Read) => Promise<T>): Promise<T> {
    return this.unitOfWork.readAs(system('public-figures'), read);
  }

  /** The last whole UTC day, in the currency with most lines; one hour as an example where too few lines stand behind it. */
  private async dayTally(read: Read, { terms }: ResolvedTakeRate): Promise<DayTally> {
    const today = new Date(`${dayOf(this.clock.now())}T00:00:00Z`);
    const yesterday = new Date(today.getTime() - DAY_MS);
    const [most] = await chargedBetween(read.db, yesterday, today);
    if (!most || most.lines < FEWEST_PEOPLE) {
      const hour = hourAt(EXAMPLE_RATE, terms);
      return { lines: 0, tally: tallyOf(hour, 'USD') };
    }
    return {
      day: dayOf(yesterday),
      lines: most.lines,
      tally: tallyOf(most, most.currency),
    };
  }

  private async realisedOf(ids: readonly string[]): Promise<Map<string, RealisedRow>> {
    const rows = await this.figures(({ db }) => realisedByOpening(db, this.yearAgo(), ids));
    return new Map(rows.map((row) => [row.key, row]));
  }

  private realisedByRung(): Promise<RealisedRow[]> {
    return this.remembered.get('realised', () =>
      this.figures(({ db }) => realisedByRung(db, this.yearAgo())),
    );
  }

  /** Open ones of the same rung and kind, else of the same rung, else of the same kind. */
  private async similar({ id, rung, project: { taskFamily } }: PublicOpening) {
    const filters: OpeningFilter[] = [{ rung, taskFamily }, { rung }, { taskFamily }];
    for (const filter of filters) {
      const near = await this.remembered.get(`near ${filter.rung} ${filter.taskFamily}`, () =>
        this.rows(filter, SIMILAR + 1),
      );
      const rows = near.filter((row) => row.id !== id);
      if (rows.length > 0) return rows.slice(0, SIMILAR);
    }
    return [];
  }

  private async rows(filter: OpeningFilter, first: number) {
    const { edges } = await this.projects.publicOpenings(filter, { first });
    return edges.map(({ node }) => rowOf(node, this.clock.now()));
  }

  private yearAgo(): Date {
    return new Date(this.clock.now().getTime() - YEAR_MS);
  }
}

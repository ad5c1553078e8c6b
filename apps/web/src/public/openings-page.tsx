import { OpeningRows } from './opening-rows';
import type { Choice, OpeningsData, OpeningsFilter } from './page-data';
import { HalvesApart } from './stick';
import { count, country, openingsAddress } from './words';

/** What is on offer now? */
export function OpeningsPage({ page }: { readonly page: OpeningsData }) {
  return (
    <div className="wide">
      <h1>Openings</h1>
      <p className="lede">
        Each posting says what an hour pays, what is not paid and what is monitored, before you apply.
      </p>
      <Filters page={page} />
      {page.rows.length === 0 ? (
        <NoneMatch page={page} />
      ) : (
        <>
          <p className="found">
            {isFiltered(page.asked)
              ? `${count(page.total, 'opening')} found`
              : `${count(page.total, 'opening')} on offer`}
            , newest first
          </p>
          <OpeningRows rows={page.rows} />
          <nav className="pages" aria-label="Pages of the list">
            {page.before && (
              <a rel="prev" className="button" href={openingsAddress(page.asked, { before: page.before })}>
                Newer
              </a>
            )}
            {page.after && (
              <a rel="next" className="button" href={openingsAddress(page.asked, { after: page.after })}>
                Older
              </a>
            )}
          </nav>
        </>
      )}
    </div>
  );
}

function Filters({ page: { asked, choices } }: { readonly page: OpeningsData }) {
  const countries = choices.countries.map((code) => ({ code, label: country(code) }));
  return (
    <form method="get" action="/openings" className="asked" aria-label="Filter openings">
      <label className="filter-search">
        Title or skill
        <input type="search" name="search" defaultValue={asked.search} maxLength={200} />
      </label>
      <Choose name="rung" label="Rung" all="All rungs" choices={choices.rungs} value={asked.rung} />
      <Choose
        name="taskFamily"
        label="Kind of work"
        all="All kinds"
        choices={choices.taskFamilies}
        value={asked.taskFamily}
      />
      <Choose
        name="country"
        label="Done from"
        all="All countries"
        choices={countries}
        value={asked.country}
      />
      <button type="submit" className="button">
        Show
      </button>
      {isFiltered(asked) && <a href="/openings">Show all</a>}
    </form>
  );
}

function Choose({
  name,
  label,
  all,
  choices,
  value = '',
}: {
  readonly name: string;
  readonly label: string;
  readonly all: string;
  readonly choices: readonly Choice[];
  readonly value?: string;
}) {
  return (
    <label>
      {label}
      <select name={name} defaultValue={value}>
        <option value="">{all}</option>
        {choices.map((choice) => (
          <option key={choice.code} value={choice.code}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function NoneMatch({ page }: { readonly page: OpeningsData }) {
  if (!isFiltered(page.asked) || page.nearest.length === 0)
    return (
      <section className="nothing" aria-label="Nothing found">
        <HalvesApart />
        <p>Nothing is open at the moment. With a profile you hear of new projects that fit you.</p>
        <p>
          <a className="button main" href="/sign-up?as=expert">
            Make a profile
          </a>
        </p>
      </section>
    );
  return (
    <section className="nothing" aria-label="Nothing found">
      <HalvesApart />
      <p>No opening fits all of this. The nearest that do:</p>
      <ul>
        {page.nearest.map(({ filter, count: found }) => (
          <li key={openingsAddress(filter)}>
            <a href={openingsAddress(filter)}>{inWords(filter, page)}</a>: {count(found, 'opening')}
          </li>
        ))}
      </ul>
    </section>
  );
}

function inWords(filter: OpeningsFilter, { choices }: OpeningsData): string {
  const label = (list: readonly Choice[], wanted?: string) => list.find(({ code }) => code === wanted)?.label;
  const parts = [
    filter.search && `“${filter.search}”`,
    label(choices.rungs, filter.rung),
    label(choices.taskFamilies, filter.taskFamily),
    filter.country && `from ${country(filter.country)}`,
  ].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? 'Everything that is open' : parts.join(', ');
}

function isFiltered(asked: OpeningsFilter): boolean {
  return Object.values(asked).some((value) => value !== undefined);
}

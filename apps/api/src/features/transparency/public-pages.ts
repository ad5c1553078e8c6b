import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import {
  assessLine,
  DEFAULT_TAKE_RATE_TERMS,
  formatAmount,
  RUNGS,
  TASK_FAMILIES,
  type Currency,
  type Rung,
  type TaskFamily,
} from '@tallystick/domain';
import type { Connection } from '../../platform/graphql/connection';
import type { PublicOpening } from '../project/project.public';
import { html, jsonLd, type Html } from './html';

const usd = (minor: bigint) => formatAmount({ minor, currency: 'USD' });

/** The frame of a public page: works without JavaScript. */
export function frame(title: string, styles: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Tallystick</title>
        <meta
          name="description"
          content="An open marketplace for expert work on AI models. Both sides see the same numbers."
        />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${styles}" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the page</a>
        <header class="top">
          <a class="brand" href="/">Tallystick</a><a href="/openings">Open work</a>
          <a href="/rate-card">Rate card</a> <a href="/sign-in">Sign in</a>
        </header>
        <main id="main">${body}</main>
        <footer class="foot">
          <a href="/terms">Terms</a> <a href="/privacy">Privacy</a> <a href="/rate-card">Rate card</a>
        </footer>
      </body>
    </html>`.text;
}

/** The style sheet of the built web client. */
export function styleSheet(webDir: string): string {
  const folder = path.resolve(webDir, 'dist/client');
  const file = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith('.css')) : undefined;
  return `/assets/${file ?? 'none.css'}`;
}

/** What the product is and promises. */
export function homePage(): Html {
  const hour = assessLine({ rateMinorPerHour: 10_000n, seconds: 3600, terms: DEFAULT_TAKE_RATE_TERMS });
  return html`<h1>Both sides hold the same record</h1>
    <p>
      Labs find verified experts and pay for their time. Experts prove what they know once, and see what each
      hour is billed for. The platform keeps 15.00 % of agreed pay, paid by the lab on top, and says so on
      every line.
    </p>
    <div class="sheet">
      <h2>An example, worked out</h2>
      <p>One hour at ${usd(10_000n)}:</p>
      <dl class="grid">
        <div>
          <dt class="quiet">Lab pays</dt>
          <dd class="lab">${usd(hour.priceMinor)}</dd>
        </div>
        <div>
          <dt class="quiet">Expert gets</dt>
          <dd class="expert">${usd(hour.payMinor)}</dd>
        </div>
        <div>
          <dt class="quiet">Platform keeps</dt>
          <dd>${usd(hour.feeMinor)}</dd>
        </div>
      </dl>
    </div>
    <h2>Five promises</h2>
    <ol>
      <li>
        <strong>One tally.</strong> The same three numbers for both sides, to the cent, always adding up.
      </li>
      <li>
        <strong>All time counts.</strong> Instructions, onboarding and review are paid, unless a posting says
        otherwise before anyone applies.
      </li>
      <li>
        <strong>A specific, verified human.</strong> Credentials are checked by people, and again when they
        matter.
      </li>
      <li>
        <strong>Due process.</strong> No adverse decision without a reason, by a person, with an appeal to
        another. Approved work is always paid.
      </li>
      <li><strong>The least data.</strong> No screenshots, no keystrokes, no biometrics.</li>
    </ol>
    <p>
      <a class="button main" href="/sign-up">Make an account</a>
      <a class="button" href="/openings">See open work</a>
    </p>`;
}

/** What each rung pays. */
export function rateCardPage(): Html {
  const rows = Object.values(RUNGS).map(
    ({ label, line, minMinor, maxMinor }) =>
      html`<tr>
        <td data-label="Rung"><strong>${label}</strong><br />${line}</td>
        <td data-label="Pay an hour" class="figure">${usd(minMinor)} to ${usd(maxMinor)}</td>
      </tr>`,
  );
  return html`<h1>Rate card</h1>
    <p>What an expert is paid an hour. The lab pays 15.00 % of it on top, which the platform keeps.</p>
    <table class="table">
      <thead>
        <tr>
          <th>Rung</th>
          <th class="figure">Pay an hour</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
}

/** Open work, with filters that need no JavaScript. */
export function openingsPage(
  found: Connection<PublicOpening>,
  asked: { rung?: string; search?: string },
): Html {
  const rungs = Object.entries(RUNGS).map(
    ([code, { label }]) =>
      html`<option value="${code}" ${code === asked.rung ? 'selected' : ''}>${label}</option>`,
  );
  const rows = found.edges.map(
    ({ node }) =>
      html`<li class="sheet">
        <h2><a href="/openings/${node.id}">${node.title}</a></h2>
        <p>
          ${rungLabel(node)} · ${band(node)} an hour · ${node.hoursPerWeek} hours a week for ${node.weeks}
          weeks · ${node.labName}
        </p>
      </li>`,
  );
  const query = new URLSearchParams({
    ...(asked.rung && { rung: asked.rung }),
    ...(asked.search && { search: asked.search }),
    after: found.pageInfo.endCursor ?? '',
  });
  return html`<h1>Open work</h1>
    <form method="get" class="row">
      <label
        >Rung
        <select name="rung">
          <option value="">All</option>
          ${rungs}
        </select></label
      ><label>Search <input name="search" value="${asked.search ?? ''}" /></label
      ><button class="button">Show</button>
    </form>
    ${
      rows.length === 0
        ? html`<p>Nothing is open that fits. <a href="/openings">Show everything that is open.</a></p>`
        : html`<ul>
            ${rows}
          </ul>`
    }
    ${found.pageInfo.hasNextPage ? html`<p><a href="/openings?${query.toString()}">Next page</a></p>` : html``}`;
}

/** One opening, with what is said before anyone applies. */
export function openingPage(opening: PublicOpening, address: string): Html {
  const { project, takeRate } = opening;
  const hour = assessLine({ rateMinorPerHour: opening.rateMaxMinor, seconds: 3600, terms: takeRate.terms });
  const amount = (minor: bigint) => formatAmount({ minor, currency: opening.currency as Currency });
  const isOpen = opening.state === 'OPEN';
  return html`<h1>${opening.title}</h1>
    <p>
      ${isOpen ? 'Open' : 'This work is closed.'} · ${rungLabel(opening)} ·
      ${TASK_FAMILIES[project.taskFamily as TaskFamily]} · ${opening.labName}
    </p>
    <p>${project.summary}</p>
    <p>${opening.description}</p>
    <ul>
      <li>
        ${band(opening)} an hour, ${opening.hoursPerWeek} hours a week for ${opening.weeks} weeks,
        ${opening.seats - opening.seatsFilled} of ${opening.seats} seats free
      </li>
      <li>Skills: ${opening.skills.map(({ label }) => label).join(', ') || 'none named'}</li>
      <li>Not paid: ${project.unpaidParts || 'nothing, all time is paid'}</li>
      <li>Monitored: ${project.monitoring || 'nothing'}</li>
    </ul>
    <div class="sheet">
      <h2>One hour at the upper end</h2>
      <dl class="grid">
        <div>
          <dt class="quiet">Lab pays</dt>
          <dd class="lab">${amount(hour.priceMinor)}</dd>
        </div>
        <div>
          <dt class="quiet">Expert gets</dt>
          <dd class="expert">${amount(hour.payMinor)}</dd>
        </div>
        <div>
          <dt class="quiet">Platform keeps</dt>
          <dd>${amount(hour.feeMinor)}</dd>
        </div>
      </dl>
      <p class="quiet">${takeRate.explanation}</p>
    </div>
    ${
      isOpen
        ? html`<p><a class="button main" href="/expert/openings/${opening.id}">Apply</a></p>
            ${posting(opening, address)}`
        : html`<p><a href="/openings">See what is open</a></p>`
    }`;
}

function posting(opening: PublicOpening, address: string): Html {
  const value = (minor: bigint) => Number(minor) / 100;
  return jsonLd({
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    title: opening.title,
    description: `${opening.project.summary} ${opening.description}`,
    datePosted: opening.publishedAt?.toISOString().slice(0, 10),
    hiringOrganization: { '@type': 'Organization', name: opening.labName },
    jobLocationType: 'TELECOMMUTE',
    directApply: true,
    url: `${address}/openings/${opening.id}`,
    identifier: opening.id,
    baseSalary: {
      '@type': 'MonetaryAmount',
      currency: opening.currency,
      value: {
        '@type': 'QuantitativeValue',
        minValue: value(opening.rateMinMinor),
        maxValue: value(opening.rateMaxMinor),
        unitText: 'HOUR',
      },
    },
  });
}

function rungLabel(opening: PublicOpening): string {
  return RUNGS[opening.rung as Rung].label;
}

function band(opening: PublicOpening): string {
  const amount = (minor: bigint) => formatAmount({ minor, currency: opening.currency as Currency });
  return `${amount(opening.rateMinMinor)} to ${amount(opening.rateMaxMinor)}`;
}

/** The terms, in plain words. */
export function termsPage(): Html {
  return html`<h1>Terms</h1>
    <h2>What is agreed</h2>
    <p>
      An engagement begins when an expert accepts an offer. Its rate, take rate, weekly cap and notice are
      frozen then and do not change while it lasts.
    </p>
    <h2>Money</h2>
    <p>
      The price of each week is held from the lab's prepaid balance before the week begins; work is possible
      only in such weeks. The lab approves or questions each line within the days shown; what it does not
      answer is approved. Approved time is charged at once and is paid to the expert, whatever happens to an
      account. Time that was questioned is settled between both sides; nobody loses it by silence.
    </p>
    <h2>Decisions</h2>
    <p>Decisions against a person are made by people, with a reason, and can be appealed to somebody else.</p>
    <h2>Talking</h2>
    <p>
      Nothing here keeps anybody from talking about pay and conditions, or to a doctor, a lawyer, a union or
      an authority.
    </p>`;
}

/** What is kept and why, in plain words. */
export function privacyPage(): Html {
  return html`<h1>Privacy</h1>
    <p>
      We ask for what the work needs: name, mail address, profile, the claims that you want verified and their
      evidence, logged time and money. There are no screenshots, no keystrokes and no biometrics.
    </p>
    <p>
      Labs see your profile only while you allow it. Your mail address is not shown to labs. The record of
      what was done keeps ids, codes and amounts under seal; your words lie beside it and can be erased
      without breaking it.
    </p>
    <p>One cookie keeps you signed in, one remembers light or dark.</p>`;
}

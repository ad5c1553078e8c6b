import { rateBand } from './words';
import type { PublicPage } from './page-data';

/** What the head of a document says. */
export interface Head {
  readonly title: string;
  readonly description: string;
  /** Which entry of the navigation this is. */
  readonly place?: '/openings' | '/rate-card' | '/transparency';
  /** False where search engines should not keep it. */
  readonly isIndexed: boolean;
  readonly posting?: object;
}

/** Title, description and data for machines of a page. */
export function headOf(page: PublicPage): Head {
  switch (page.kind) {
    case 'HOME':
      return {
        title: 'Expert work on AI models, both sides on one record',
        description:
          'An open marketplace for expert work on AI models. The lab, the expert and the platform see the same three numbers on every line.',
        isIndexed: true,
      };
    case 'RATE_CARD':
      return {
        title: 'Rate card',
        description:
          'What expert work on AI models pays an hour, rung by rung: the advertised band, what was really paid, and what the lab pays on top.',
        place: '/rate-card',
        isIndexed: true,
      };
    case 'OPENINGS':
      return {
        title: 'Openings',
        description:
          'Expert work on AI models that is open now, each with its rate band, hours, unpaid parts and what is monitored.',
        place: '/openings',
        isIndexed: Object.values(page.asked).every((value) => value === undefined),
      };
    case 'OPENING':
      return {
        title: page.opening.title,
        description: `${rateBand(page.opening)} an hour at ${page.opening.labName}. ${page.summary}`.slice(
          0,
          200,
        ),
        place: '/openings',
        isIndexed: page.state !== 'CLOSED',
        posting: page.posting,
      };
    case 'REPORT':
      return {
        title: 'Transparency report',
        description: 'What labs paid, what experts got and what the platform kept, month by month.',
        place: '/transparency',
        isIndexed: true,
      };
    case 'TERMS':
      return {
        title: 'Terms',
        description: 'What labs and experts agree to on Tallystick, in plain words.',
        isIndexed: true,
      };
    case 'PRIVACY':
      return {
        title: 'Privacy',
        description: 'What Tallystick keeps about you, why, who sees it and how long.',
        isIndexed: true,
      };
    case 'NOT_FOUND':
      return { title: 'Nothing is here', description: 'There is no page at this address.', isIndexed: false };
  }
}

import { digestLetter, type Digest } from './digest-letter';

const none: Digest = { openings: [], moreOpenings: 0, candidates: [], searches: [] };
const item = (title: string) => ({
  ...{ title, about: 'Cumulus', points: 82, link: '/expert/openings/1' },
  reasons: ['Has Cardiology.', 'The rate is inside the band.'],
});

describe('the daily mail', () => {
  it('is none where nothing is new', () => expect(digestLetter(none)).toBeUndefined());

  it('names the best openings with the reasons, and how many there are beside them', () => {
    expect(digestLetter({ ...none, openings: [item('Heart')], moreOpenings: 3 })).toEqual({
      subject: 'New for you: Heart and 3 more',
      body: [
        'New openings that you can apply for, best fit first',
        '- Heart (Cumulus), fit 82 of 100',
        '  + Has Cardiology.',
        '  + The rate is inside the band.',
        '  {PUBLIC_URL}/expert/openings/1',
        '',
        'and 3 more: {PUBLIC_URL}/expert/openings',
      ].join('\n'),
    });
  });

  it('tells a lab of the openings that have new candidates, and everybody of their daily searches', () => {
    const letter = digestLetter({
      ...none,
      candidates: [{ ...item('Heart'), about: '2 new' }],
      searches: [
        { name: 'Law', count: 4, risen: 0, link: '/expert/searches' },
        { name: 'Tax', count: 1, risen: 2, link: '/expert/searches' },
        { name: 'Art', count: 0, risen: 1, link: '/expert/searches' },
      ],
    });
    expect(letter?.subject).toBe('New candidates: Heart');
    expect(letter?.body).toContain('- Heart: 2 new, the best fits 82 of 100');
    expect(letter?.body).toContain('- Law: 4 new\n  {PUBLIC_URL}/expert/searches');
    expect(letter?.body).toContain('- Tax: 1 new, 2 that now fit as well as you ask\n');
    expect(letter?.body).toContain('- Art: 1 that now fits as well as you ask\n');
  });
});

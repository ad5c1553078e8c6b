import { waitingKinds, waitingWords, type Side } from './waiting';

describe.each(['lab', 'expert', 'staff'] as Side[])('what waits for %s', (side) => {
  it.each(waitingKinds(side))(
    '%s has a title, a sentence and a place to go, for one and for many',
    (kind) => {
      for (const count of [1, 3]) {
        const found = waitingWords(side, { kind, subjectId: 'some-id', label: 'Heart', count });
        expect(found?.title).toMatch(/^[A-Z0-9]/);
        expect(found?.sentence).toMatch(/\.$/);
        expect(found?.link).toMatch(new RegExp(`^/${side === 'staff' ? 'admin' : side}/`));
      }
    },
  );
});

it('knows no words for what another side waits for', () => {
  const waiting = { kind: 'LAB_TO_VET', subjectId: 'some-id', label: '', count: 1 };
  expect(waitingWords('expert', waiting)).toBeUndefined();
});

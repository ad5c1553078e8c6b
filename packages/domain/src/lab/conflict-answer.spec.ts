import { conflictAnswer } from './conflict-answer';

describe('what it says of a competitor, to whom an organisation belongs', () => {
  it.each([
    ['NO', []],
    ['NO', ['Borealis SRL', 'Altostratus GmbH']],
    ['YES', ['Borealis SRL', 'NIMBUS LABS S.L.']],
    ['YES', ['Nimbus Holding', 'Nimbus-Labs']],
    ['UNSETTLED', ['Borealis SRL', 'Grupo Nimbus']],
  ] as const)('is %s for %j', (answer, belongsTo) => {
    expect(conflictAnswer('Nimbus Labs, Inc.', belongsTo)).toBe(answer);
  });
});

import { headersOf } from './mailer';

describe('the headers of a mail', () => {
  it('let a mail program end such mails by one POST (RFC 8058), where they can be ended', () => {
    expect(headersOf({ unsubscribe: 'https://tally.example/unsubscribe/abc' })).toEqual({
      'List-Unsubscribe': '<https://tally.example/unsubscribe/abc>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(headersOf({})).toEqual({});
  });
});

import { pipe, tap } from 'wonka';
import { makeOperation, type Client, type Exchange, type Operation } from 'urql';

/**
 * Keeps what is on the page true: after every write that went through, all that is shown is read again from the server.
 * So no page guesses what a write changed, and both sides see the same numbers at once.
 */
export function freshAfterWrites(): { exchange: Exchange; readAgain: () => void } {
  const shown = new Map<number, Operation>();
  let client: Client | undefined;
  const readAgain = () => {
    for (const operation of shown.values())
      client?.reexecuteOperation(
        makeOperation('query', operation, { ...operation.context, requestPolicy: 'network-only' }),
      );
  };
  const exchange: Exchange = (input) => {
    client = input.client;
    return (operations) =>
      pipe(
        operations,
        tap((operation) => {
          if (operation.kind === 'query') shown.set(operation.key, operation);
          if (operation.kind === 'teardown') shown.delete(operation.key);
        }),
        input.forward,
        tap(({ operation, error }) => {
          if (operation.kind === 'mutation' && !error) setTimeout(readAgain);
        }),
      );
  };
  return { exchange, readAgain };
}

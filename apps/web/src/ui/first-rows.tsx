import { useState, type ReactNode } from 'react';
import { counted } from '../lib/words';
import { Button } from './button';

const FIRST = 10;

/** The first rows of a list that is read from the top, and the rest once somebody asks for it. */
export function FirstRows<Row>({
  rows,
  children,
}: {
  readonly rows: readonly Row[];
  /** Draws the rows that are shown. */
  readonly children: (shown: readonly Row[]) => ReactNode;
}) {
  const [isAll, setAll] = useState(false);
  const rest = rows.length - FIRST;
  return (
    <>
      {children(isAll ? rows : rows.slice(0, FIRST))}
      {rest > 0 && !isAll && (
        <p>
          <Button onPress={() => setAll(true)}>Show {counted(rest, 'more', 'more')}</Button>
        </p>
      )}
    </>
  );
}

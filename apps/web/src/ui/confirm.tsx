import { lazy, Suspense, useEffect, useState, type ComponentProps, type ReactNode } from 'react';
import type { Problem } from '../lib/problem';
import { Button, type Weight } from './button';
import { ProblemNotice } from './notice';
import type { Overlay } from './overlay';

/** Dialogs weigh as much as a page and are needed only once something is pressed: they come after the page. */
const load = () => import('./overlay').then((module) => ({ default: module.Overlay }));
const LaterOverlay = lazy(load);

function Over(props: ComponentProps<typeof Overlay>) {
  const [wasOpen, setWasOpen] = useState(props.isOpen);
  if (props.isOpen && !wasOpen) setWasOpen(true);
  useEffect(() => void load(), []);
  return (
    wasOpen && (
      <Suspense fallback={null}>
        <LaterOverlay {...props} />
      </Suspense>
    )
  );
}

/**
 * A button that asks once before it acts: where money moves, something is signed or a person is affected.
 * The question repeats what will happen; its button carries the verb.
 */
export function Confirm({
  button,
  name,
  weight,
  title,
  verb,
  run,
  problem,
  isSending,
  isDisabled,
  children,
}: {
  readonly button: string;
  /** What a screen reader says where the text alone does not name the row. */
  readonly name?: string;
  readonly weight?: Weight;
  readonly title: string;
  /** The verb on the button that acts, e.g. “Send offer”. */
  readonly verb: string;
  /** Acts; the question closes where it returns something. */
  readonly run: () => Promise<unknown>;
  readonly problem?: Problem;
  readonly isSending?: boolean;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const act = async () => {
    if ((await run()) !== undefined) setOpen(false);
  };
  return (
    <>
      <Button weight={weight} name={name} isDisabled={isDisabled} onPress={() => setOpen(true)}>
        {button}
      </Button>
      <Over title={title} isOpen={isOpen} onOpenChange={setOpen} isDismissable={!isSending}>
        <ProblemNotice problem={problem} />
        {children}
        <div className="row">
          <Button weight="main" isSending={isSending} onPress={() => void act()}>
            {verb}
          </Button>
          <Button onPress={() => setOpen(false)}>Not now</Button>
        </div>
      </Over>
    </>
  );
}

/** A panel over the page, e.g. for a short form. Opened and closed by its caller. */
export function Panel({
  title,
  isOpen,
  onClose,
  children,
}: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Over title={title} isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      {children}
      <Button weight="quiet" onPress={onClose}>
        Close
      </Button>
    </Over>
  );
}

import { useState, type ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { Problem } from '../lib/problem';
import { Button, type Weight } from './button';
import { ProblemNotice } from './notice';

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
      <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={setOpen} isDismissable={!isSending}>
        <Modal className="modal">
          <Dialog className="dialog">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <ProblemNotice problem={problem} />
            {children}
            <div className="row">
              <Button weight="main" isSending={isSending} onPress={() => void act()}>
                {verb}
              </Button>
              <Button onPress={() => setOpen(false)}>Not now</Button>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
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
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          <Button weight="quiet" onPress={onClose}>
            Close
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

/** A dialog over the page: takes the focus, keeps it, gives it back. Loaded by itself, after the page (ui/confirm). */
export function Overlay({
  title,
  isOpen,
  isDismissable,
  onOpenChange,
  children,
}: {
  readonly title: string;
  readonly isOpen: boolean;
  /** Whether a press beside it closes it. */
  readonly isDismissable: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

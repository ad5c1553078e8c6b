import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export type Weight = 'main' | 'plain' | 'quiet' | 'danger';

interface ButtonProps {
  readonly children: ReactNode;
  /** `main` once a page: what is done there first. */
  readonly weight?: Weight;
  readonly icon?: LucideIcon;
  readonly onPress?: () => void;
  readonly isSending?: boolean;
  readonly isDisabled?: boolean;
  readonly type?: 'button' | 'submit';
  /** What a screen reader says where the text alone does not name the row. */
  readonly name?: string;
}

/** A button that says when what it started is under way. It keeps the focus while it works. */
export function Button({
  children,
  weight = 'plain',
  icon: Icon,
  onPress,
  isSending = false,
  isDisabled,
  type = 'button',
  name,
}: ButtonProps) {
  return (
    <button
      type={type}
      className={`button ${weight}`}
      aria-label={name}
      aria-disabled={isSending || undefined}
      disabled={isDisabled}
      onClick={(event) => {
        if (isSending) event.preventDefault();
        else onPress?.();
      }}
    >
      {Icon && <Icon size={18} aria-hidden />}
      {isSending ? 'Sending' : children}
    </button>
  );
}

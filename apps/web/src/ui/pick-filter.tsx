import { useState } from 'react';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';

/** One of many, as it is chosen from. */
export interface Pick {
  readonly id: string;
  readonly name: string;
  /** Tells two of the same name apart. */
  readonly about?: string;
}

/** Keeps only what is of one thing among many, found by typing a part of its name. Nothing typed keeps all. */
export function PickFilter({
  label,
  chosen,
  options,
  onType,
  onChange,
}: {
  readonly label: string;
  /** What is kept to. */
  readonly chosen: Pick | undefined;
  /** What fits what is typed; the caller looks it up. */
  readonly options: readonly Pick[];
  readonly onType: (text: string) => void;
  readonly onChange: (id: string) => void;
}) {
  const [text, setText] = useState(chosen?.name ?? '');
  const [seen, setSeen] = useState(chosen?.id);
  if (seen !== chosen?.id) {
    setSeen(chosen?.id);
    setText(chosen?.name ?? '');
  }
  const type = (next: string) => {
    setText(next);
    if (next === '' && chosen) onChange('');
    else onType(next);
  };
  return (
    <div className="filter">
      <ComboBox
        inputValue={text}
        onInputChange={type}
        value={chosen?.id ?? null}
        onChange={(key) => key !== null && onChange(String(key))}
        items={options}
        allowsEmptyCollection
        menuTrigger="input"
      >
        <Label>{label}</Label>
        <Input placeholder="Part of the name" onBlur={() => setText(chosen?.name ?? '')} />
        <Popover className="popover">
          <ListBox
            className="choices"
            renderEmptyState={() => <div className="option">Nobody has this in the name.</div>}
          >
            {({ name, about }: Pick) => (
              <ListBoxItem className="option" textValue={name}>
                {name}
                {about && <span className="quiet"> {about}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
    </div>
  );
}

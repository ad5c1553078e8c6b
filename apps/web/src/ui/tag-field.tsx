import { X } from 'lucide-react';
import { useState } from 'react';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import type { FieldValues } from 'react-hook-form';
import { FieldAbout, useField, type FieldProps } from './field';

/** Several short texts, e.g. skills: typed, or chosen from what is known. The form holds an array of texts. */
export function TagField<Values extends FieldValues>(
  props: FieldProps<Values> & {
    /** What is known for what is typed; the caller looks it up. */
    readonly suggestions?: readonly string[];
    readonly onType?: (text: string) => void;
  },
) {
  const { id, field, error } = useField(props);
  const tags = (field.value ?? []) as readonly string[];
  const [text, setText] = useState('');
  const type = (next: string) => {
    setText(next);
    props.onType?.(next);
  };
  const add = (tag: string) => {
    const clean = tag.trim();
    if (clean !== '' && !tags.some((each) => each.toLowerCase() === clean.toLowerCase()))
      field.onChange([...tags, clean]);
    type('');
  };
  const known = (props.suggestions ?? []).filter((each) => !tags.includes(each));
  return (
    <div className="field">
      <ComboBox
        inputValue={text}
        onInputChange={type}
        onChange={(key) => key !== null && add(String(key))}
        value={null}
        items={known.map((name) => ({ id: name, name }))}
        allowsCustomValue
        allowsEmptyCollection={false}
        menuTrigger="input"
        isInvalid={error !== undefined}
        aria-describedby={`${id}-about`}
      >
        <Label>{props.label}</Label>
        <Input
          onKeyDown={(event) => {
            if ((event.key === 'Enter' || event.key === ',') && text.trim() !== '') {
              event.preventDefault();
              add(text);
            }
          }}
          onBlur={() => {
            if (text.trim() !== '') add(text);
            field.onBlur();
          }}
        />
        <Popover className="popover">
          <ListBox className="choices">
            {({ name }: { name: string }) => <ListBoxItem className="option">{name}</ListBoxItem>}
          </ListBox>
        </Popover>
      </ComboBox>
      {tags.length > 0 && (
        <ul className="tags" aria-label={`${props.label}: chosen`}>
          {tags.map((tag) => (
            <li key={tag}>
              {tag}
              <button
                type="button"
                aria-label={`Remove ${tag}`}
                onClick={() => field.onChange(tags.filter((each) => each !== tag))}
              >
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <FieldAbout id={id} hint={props.hint ?? 'Press Enter after each.'} error={error} />
    </div>
  );
}

import { Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAppForm } from '../lib/form';
import { rules } from '../lib/rules';
import { ChangeView, ForgetView, SavedViews as Views, SaveView } from '../lib/saved-views';
import { Button } from './button';
import { Panel } from './confirm';
import { CheckField, TextField } from './field';
import { Form } from './form';
import { ProblemNotice } from './notice';
import { say } from './toast';
import { useAction } from './use-action';

interface View {
  readonly id: string;
  readonly name: string;
  readonly search: string;
  readonly isShared: boolean;
  readonly isOwn: boolean;
}

const RULES = rules.object({
  name: rules
    .string()
    .check(
      rules.refine(
        (text) => text.trim().length > 0 && text.trim().length <= 60,
        'Give it a name of at most 60 letters.',
      ),
    ),
  isShared: rules.boolean(),
});

/** Where a list stands is its address; here it gets a name, and is found again under it. */
export function SavedViews() {
  const { pathname, searchStr } = useLocation();
  const [{ data }] = useQuery({ query: Views, variables: { list: pathname } });
  const [isSaving, setSaving] = useState(false);
  const [changed, setChanged] = useState<View>();
  const search = filtersOf(searchStr);
  const views = data?.savedViews ?? [];
  return (
    <nav className="row saved-views" aria-label="Saved views of this list">
      {views.map((view) => (
        <span key={view.id} className="row">
          <Link
            to={pathname}
            search={Object.fromEntries(new URLSearchParams(view.search)) as never}
            aria-current={view.search === search ? 'page' : undefined}
          >
            {view.name}
          </Link>
          {!view.isOwn && <span className="quiet">shared</span>}
          {view.isOwn && (
            <Button weight="quiet" name={`Change the view ${view.name}`} onPress={() => setChanged(view)}>
              Change
            </Button>
          )}
        </span>
      ))}
      {search !== '' && (
        <Button weight="quiet" onPress={() => setSaving(true)}>
          Save this view
        </Button>
      )}
      {isSaving && <SaveForm list={pathname} search={search} onClose={() => setSaving(false)} />}
      {changed && <ChangeForm list={pathname} view={changed} onClose={() => setChanged(undefined)} />}
    </nav>
  );
}

/** The filters of an address in an order that is always the same; which page one is on is none of them. */
function filtersOf(searchStr: string): string {
  const search = new URLSearchParams(searchStr);
  search.delete('after');
  search.sort();
  return search.toString();
}

const SHARED = { label: 'Share it with all of the staff', hint: 'Only you can change it.' };

function SaveForm({
  list,
  search,
  onClose,
}: {
  readonly list: string;
  readonly search: string;
  readonly onClose: () => void;
}) {
  const form = useAppForm({
    values: { name: '', isShared: false },
    rules: RULES,
    write: SaveView,
    variables: (values) => ({ input: { ...values, list, search } }),
    onDone: () => {
      say('The view is saved.');
      onClose();
    },
  });
  return (
    <Panel title="Save this view" isOpen onClose={onClose}>
      <p>The filters of this list are kept under a name. A view of yours of the same name is replaced.</p>
      <Form form={form} button="Save view">
        <TextField form={form} name="name" label="Name" />
        <CheckField form={form} name="isShared" {...SHARED} />
      </Form>
    </Panel>
  );
}

function ChangeForm({
  list,
  view,
  onClose,
}: {
  readonly list: string;
  readonly view: View;
  readonly onClose: () => void;
}) {
  const { run, isSending, problem } = useAction(ForgetView);
  const { run: saveAgain } = useAction(SaveView);
  const form = useAppForm({
    values: { name: view.name, isShared: view.isShared },
    rules: RULES,
    write: ChangeView,
    variables: (values) => ({ input: { ...values, id: view.id } }),
    onDone: () => {
      say('The view is changed.');
      onClose();
    },
  });
  const forget = async () => {
    if (!(await run({ id: view.id }))) return;
    onClose();
    const { name, search, isShared } = view;
    say(`The view ${name} is forgotten.`, () => {
      void saveAgain({ input: { list, name, search, isShared } }).then((done) =>
        say(done ? `The view ${name} is there again.` : 'It could not be kept again. Save the view anew.'),
      );
    });
  };
  return (
    <Panel title={`Change the view ${view.name}`} isOpen onClose={onClose}>
      <Form form={form} button="Change view">
        <TextField form={form} name="name" label="Name" />
        <CheckField form={form} name="isShared" {...SHARED} />
      </Form>
      <ProblemNotice problem={problem} />
      <Button weight="danger" isSending={isSending} onPress={() => void forget()}>
        Forget view
      </Button>
    </Panel>
  );
}

import { useState } from 'react';
import { graphql } from '../../gql';
import { useAppForm } from '../../lib/form';
import { rules } from '../../lib/rules';
import { Button } from '../../ui/button';
import { Panel } from '../../ui/confirm';
import { ChoiceField } from '../../ui/field';
import { Form } from '../../ui/form';
import { say } from '../../ui/toast';
import { LAB_ROLES, roleName } from './lab-roles';

const ChangeRole = graphql(`
  mutation ChangeLabMemberRole($input: ChangeMemberRoleInput!) {
    changeLabMemberRole(input: $input) {
      id
    }
  }
`);

interface MemberOfLab {
  readonly id: string;
  readonly name: string;
  readonly role: string;
}

/** Opens the choice of another role for a member. */
export function RoleButton({ member }: { readonly member: MemberOfLab }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button name={`Change the role of ${member.name}`} onPress={() => setOpen(true)}>
        Change role
      </Button>
      <Panel title={`Role of ${member.name}`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <RoleForm member={member} onDone={() => setOpen(false)} />
      </Panel>
    </>
  );
}

function RoleForm({ member, onDone }: { readonly member: MemberOfLab; readonly onDone: () => void }) {
  const form = useAppForm({
    values: { role: member.role },
    rules: rules.object({ role: rules.string() }),
    write: ChangeRole,
    variables: ({ role }, idempotencyKey) => ({ input: { memberId: member.id, role, idempotencyKey } }),
    onDone: (_data, { role }) => {
      say(`${member.name} is ${roleName(role).toLowerCase()} now.`);
      onDone();
    },
  });
  return (
    <Form form={form} button="Change the role">
      <ChoiceField form={form} name="role" label="Role" options={LAB_ROLES} />
    </Form>
  );
}

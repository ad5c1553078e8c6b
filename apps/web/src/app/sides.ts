import {
  BadgeCheck,
  BookOpen,
  Briefcase,
  Building2,
  CalendarClock,
  ClipboardCheck,
  Coins,
  Eye,
  FileSearch,
  FlaskConical,
  FolderKanban,
  Gavel,
  House,
  Landmark,
  ListOrdered,
  Mail,
  Percent,
  ReceiptText,
  Scale,
  ScrollText,
  Search,
  Send,
  ShieldCheck,
  SlidersHorizontal,
  User,
  Users,
  Wallet,
  type LucideIcon,
} from 'lucide-react';
import { READ_MONEY, type Viewer } from '../lib/viewer';

/** One place in the navigation. The first four stand in the bar of a phone. */
export interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** The roles on its side, in a lab or of staff, that it is shown to; everybody of its side where it is absent. The server decides again. */
  readonly roles?: readonly string[];
}

const place = (to: string, label: string, icon: LucideIcon, roles?: readonly string[]): Place => ({
  to,
  label,
  icon,
  roles,
});
const VERIFYING = ['VERIFIER', 'ADMIN'];
const AUDITING = ['TRUST', 'FINANCE', 'AUDITOR', 'ADMIN'];
const PAYING = ['FINANCE', 'ADMIN'];
const RUNNING = ['ADMIN'];

/** The pages of each side, in the order in which its work is done. */
export const SIDES = {
  lab: [
    place('/lab', 'Home', House),
    place('/lab/projects', 'Projects', FolderKanban),
    place('/lab/time', 'Time review', ClipboardCheck),
    place('/lab/billing', 'Billing', Wallet, READ_MONEY),
    place('/lab/engagements', 'Engagements', Briefcase),
    place('/lab/searches', 'Saved searches', Mail),
    place('/lab/conflicts', 'Conflicts', Scale),
    place('/lab/team', 'Team', Users),
    place('/lab/vetting', 'Vetting', ShieldCheck),
  ],
  expert: [
    place('/expert', 'Home', House),
    place('/expert/openings', 'Openings', Search),
    place('/expert/week', 'Week', CalendarClock),
    place('/expert/earnings', 'Earnings', Wallet),
    place('/expert/applications', 'Applications', Send),
    place('/expert/engagements', 'Engagements', Briefcase),
    place('/expert/credentials', 'Credentials', BadgeCheck),
    place('/expert/profile', 'Profile', User),
    place('/expert/shown', 'Where labs see you', Eye),
    place('/expert/conflicts', 'Conflicts', Scale),
    place('/expert/searches', 'Saved searches', Mail),
  ],
  admin: [
    place('/admin', 'Home', House),
    place('/admin/verification', 'Verification', BadgeCheck, VERIFYING),
    place('/admin/labs', 'Labs', Building2),
    place('/admin/experts', 'Experts', User, AUDITING),
    place('/admin/audit', 'Audit', FileSearch, AUDITING),
    place('/admin/money', 'Money', Coins, AUDITING),
    place('/admin/payouts', 'Payouts', Landmark, AUDITING),
    place('/admin/approvals', 'Approvals', ShieldCheck, AUDITING),
    place('/admin/invoices', 'Invoices', ReceiptText, AUDITING),
    place('/admin/disputes', 'Disputes', Gavel, AUDITING),
    place('/admin/take-rates', 'Take rates', Percent, AUDITING),
    place('/admin/ledger', 'Ledger', BookOpen, AUDITING),
    place('/admin/reconciliation', 'Reconciliation', Scale, AUDITING),
    place('/admin/journal', 'Journal', ScrollText, AUDITING),
    place('/admin/users', 'Users', Users, RUNNING),
    place('/admin/model', 'Model', SlidersHorizontal),
    place('/admin/fits', 'Past fits', Eye, AUDITING),
    place('/admin/queues', 'Queues', ListOrdered, RUNNING),
    place('/admin/mails', 'Emails', Mail, RUNNING),
    place('/admin/sandbox', 'Sandbox rail', FlaskConical, PAYING),
  ],
} as const satisfies Record<string, readonly Place[]>;

export type Side = keyof typeof SIDES;

/** The places of a side that a person's roles on it can open. */
export function placesFor(side: Side, viewer: Viewer | null): readonly Place[] {
  const places: readonly Place[] = SIDES[side];
  const own = side === 'lab' ? [viewer?.labRole] : (viewer?.staffRoles ?? []);
  return places.filter(({ roles }) => !roles || roles.some((role) => own.includes(role)));
}

/** The side that an address belongs to. */
export function sideOf(path: string): Side | undefined {
  const [, first] = path.split('/');
  return (Object.keys(SIDES) as Side[]).find((side) => side === first);
}

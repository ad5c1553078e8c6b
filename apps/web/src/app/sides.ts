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
  Handshake,
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

/** One place in the navigation. The first four stand in the bar of a phone. */
export interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
}

const place = (to: string, label: string, icon: LucideIcon): Place => ({ to, label, icon });

/** The pages of each side, in the order in which its work is done. */
export const SIDES = {
  lab: [
    place('/lab', 'Home', House),
    place('/lab/projects', 'Projects', FolderKanban),
    place('/lab/time', 'Time review', ClipboardCheck),
    place('/lab/billing', 'Billing', Wallet),
    place('/lab/engagements', 'Engagements', Handshake),
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
  ],
  admin: [
    place('/admin', 'Home', House),
    place('/admin/verification', 'Verification', BadgeCheck),
    place('/admin/labs', 'Labs', Building2),
    place('/admin/audit', 'Audit', FileSearch),
    place('/admin/money', 'Money', Coins),
    place('/admin/payouts', 'Payouts', Landmark),
    place('/admin/approvals', 'Approvals', ShieldCheck),
    place('/admin/invoices', 'Invoices', ReceiptText),
    place('/admin/disputes', 'Disputes', Gavel),
    place('/admin/take-rates', 'Take rates', Percent),
    place('/admin/ledger', 'Ledger', BookOpen),
    place('/admin/reconciliation', 'Reconciliation', Scale),
    place('/admin/journal', 'Journal', ScrollText),
    place('/admin/users', 'Users', Users),
    place('/admin/model', 'Model', SlidersHorizontal),
    place('/admin/queues', 'Queues', ListOrdered),
    place('/admin/mails', 'Emails', Mail),
    place('/admin/sandbox', 'Sandbox rail', FlaskConical),
  ],
} as const satisfies Record<string, readonly Place[]>;

export type Side = keyof typeof SIDES;

/** The side that an address belongs to. */
export function sideOf(path: string): Side | undefined {
  const [, first] = path.split('/');
  return (Object.keys(SIDES) as Side[]).find((side) => side === first);
}

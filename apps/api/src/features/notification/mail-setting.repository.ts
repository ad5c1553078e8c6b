import type { Db } from '../../platform/prisma/database';

/** Which mails about new work and candidates somebody wants. */
export interface MailSettingRecord {
  readonly accountId: string;
  readonly isDigestOn: boolean;
  /** The hour of the person's own day from which the daily mail is sent, 0 to 23. */
  readonly digestHour: number;
  readonly isAlertOn: boolean;
  readonly unsubscribeToken: string;
}

/** The settings of an account; null where nothing was ever set. */
export async function findMailSetting(db: Db, accountId: string): Promise<MailSettingRecord | null> {
  return db.mailSetting.findUnique({ where: { accountId } });
}

/** The settings that an address to end mails belongs to; null where it is not one of ours. */
export async function findByUnsubscribeToken(db: Db, token: string): Promise<MailSettingRecord | null> {
  return db.mailSetting.findUnique({ where: { unsubscribeToken: token } });
}

/** The settings of an account, made where there are none; the database draws the secret of its address. */
export async function mailSettingOf(db: Db, accountId: string): Promise<MailSettingRecord> {
  await db.mailSetting.createMany({ data: { accountId }, skipDuplicates: true });
  return db.mailSetting.findUniqueOrThrow({ where: { accountId } });
}

/** Changes the settings of an account. */
export async function changeMailSetting(
  db: Db,
  accountId: string,
  changes: Partial<Pick<MailSettingRecord, 'isDigestOn' | 'digestHour' | 'isAlertOn'>>,
): Promise<void> {
  await db.mailSetting.update({ where: { accountId }, data: changes });
}

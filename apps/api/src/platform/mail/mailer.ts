import { Injectable } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Config } from '../config/config';
import { log } from '../log/log';

/** A mail as it is sent. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Address at which one POST ends such mails (RFC 8058). */
  readonly unsubscribe?: string;
}

/** Sends by SMTP where it is set; on the local footing mail is kept in the database and said in the terminal. */
@Injectable()
export class Mailer {
  private readonly transport: Transporter | undefined;

  constructor(private readonly config: Config) {
    const url = config.get('SMTP_URL');
    this.transport = url === undefined ? undefined : createTransport(url);
  }

  /** Sends a letter. Returns how it went: SENT by SMTP, or KEPT here. Throws where the mail server refuses. */
  async send(letter: Letter): Promise<'SENT' | 'KEPT'> {
    if (!this.transport) {
      if (this.config.get('NODE_ENV') !== 'test')
        process.stdout.write(
          `mail to ${letter.to}: ${letter.subject}\n${letter.text.replace(/^/gm, '  ')}\n`,
        );
      return 'KEPT';
    }
    await this.transport.sendMail({
      from: this.config.get('MAIL_FROM'),
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      headers: headersOf(letter),
    });
    log.info({ subject: letter.subject }, 'a mail was sent');
    return 'SENT';
  }
}

/** What lets a mail program show a button that ends such mails; none where they cannot be ended. */
export function headersOf({ unsubscribe }: Pick<Letter, 'unsubscribe'>): Record<string, string> {
  return unsubscribe === undefined
    ? {}
    : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

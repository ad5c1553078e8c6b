/** Text that is safe to put into a page. */
export class Html {
  constructor(readonly text: string) {}
}

/** Builds a page: every value is escaped, unless it was built so itself. */
export function html(
  parts: TemplateStringsArray,
  ...values: (string | number | Html | readonly Html[])[]
): Html {
  return new Html(
    parts.map((part, index) => part + (index < values.length ? safe(values[index] ?? '') : '')).join(''),
  );
}

function safe(value: string | number | Html | readonly Html[]): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Data for machines inside a page. */
export function jsonLd(value: unknown): Html {
  return new Html(
    `<script type="application/ld+json">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`,
  );
}

/** A form-encoded body as Stripe's clients send it: `metadata[key]=value`, `expand[]=x`, `items[0][id]=y`. */
export function parseForm(text: string): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text))
    place(root, name.replace(/\]/g, '').split('['), value);
  return root;
}

function place(root: Record<string, unknown>, path: string[], value: string): void {
  let at = root;
  path.forEach((part, depth) => {
    if (part === '__proto__' || part === 'constructor' || part === 'prototype') return;
    const key = part === '' ? String(Object.keys(at).length) : part;
    if (depth === path.length - 1) at[key] = value;
    else at = (at[key] ??= {}) as Record<string, unknown>;
  });
}

/** Nothing may write markup; some libraries set an empty one, which is let through. */
interface PolicyFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown;
}

const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
factory?.createPolicy('default', {
  createHTML(text) {
    if (text === '') return '';
    throw new TypeError('markup may not be written here');
  },
});

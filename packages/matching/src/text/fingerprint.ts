/** FNV-1a over values as JSON, 64 bits in hex: names what is in a snapshot, secures nothing. */
export class Fingerprint {
  private high = 0xcbf29ce4;
  private low = 0x84222325;

  /** Goes on with one more value. */
  add(value: unknown): this {
    const text = JSON.stringify(value, (_key, each: unknown) =>
      typeof each === 'bigint' ? each.toString() : each,
    );
    let { high, low } = this;
    for (let i = 0; i < text.length; i++) {
      low ^= text.charCodeAt(i);
      const product = low * 0x1b3;
      high = (Math.imul(high, 0x1b3) + Math.imul(low, 0x100) + Math.floor(product / 2 ** 32)) >>> 0;
      low = product >>> 0;
    }
    [this.high, this.low] = [high, low];
    return this;
  }

  get hex(): string {
    return [this.high, this.low].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

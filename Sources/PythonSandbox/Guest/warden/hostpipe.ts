// This reads the host's orders: lines, and bytes that follow a line.

/** The number of bytes that are read at once. */
const CHUNK = 1 << 16;

export class HostPipe {
  private readonly decoder = new TextDecoder();
  private chunk = new Uint8Array();

  /** @param read gives the next bytes; null at the end */
  constructor(private readonly read: (buffer: Uint8Array) => Promise<number | null>) {}

  /** The next line without its end; null when the host has closed its side. */
  async line(): Promise<string | null> {
    const parts: string[] = [];
    for (;;) {
      const end = this.chunk.indexOf(0x0a);
      const part = end < 0 ? this.chunk : this.chunk.subarray(0, end);
      parts.push(this.decoder.decode(part, { stream: end < 0 }));
      this.chunk = end < 0 ? this.chunk.subarray(this.chunk.length) : this.chunk.subarray(end + 1);
      if (end >= 0) return parts.join("");
      if (!await this.more()) return null;
    }
  }

  /** The next `count` bytes; null when there are fewer. */
  async bytes(count: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = new Uint8Array(count);
    return await this.fill(bytes) ? bytes : null;
  }

  /** Fills memory with the next bytes; false when there are fewer. */
  async fill(bytes: Uint8Array): Promise<boolean> {
    let position = Math.min(bytes.length, this.chunk.length);
    bytes.set(this.chunk.subarray(0, position));
    this.chunk = this.chunk.subarray(position);
    while (position < bytes.length) {
      const length = await this.read(bytes.subarray(position));
      if (length === null) return false;
      position += length;
    }
    return true;
  }

  private async more(): Promise<boolean> {
    const buffer = new Uint8Array(CHUNK);
    const length = await this.read(buffer);
    this.chunk = buffer.subarray(0, length ?? 0);
    return length !== null;
  }
}

// How long the texts may be that the host gets; it refuses longer ones, see FrameBounds.swift.

/** Characters of a reason, and of what `input()` asks. */
export const MAX_REASON = 1000;
export const MAX_PROMPT = 10_000;

/** How many completions there may be, and their characters together. */
const MAX_COMPLETIONS = 1000;
const MAX_COMPLETED = 100_000;

/** The beginning of a text; half a character, which the host could not read, is replaced. */
export function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}

/** As many completions as may be sent. */
export function fewer(values: string[]): string[] {
  let room = MAX_COMPLETED;
  return values.slice(0, MAX_COMPLETIONS).map((value) => cut(value, MAX_PROMPT))
    .filter((value) => (room -= value.length) >= 0);
}

/** Characters of a piece of output. */
const MAX_OUTPUT = 1 << 16;

/** A text in pieces, none of which ends within a character. */
export function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + MAX_OUTPUT, text.length);
    const isHigh = end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
    if (isHigh) end -= 1;
    yield text.slice(start, end);
    start = end;
  }
}

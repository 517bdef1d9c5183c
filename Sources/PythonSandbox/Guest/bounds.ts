// These are the longest texts that the host gets. It refuses longer ones, see FrameBounds.swift.

/** The characters of a reason, and of the question of `input()`. */
export const MAX_REASON = 1000;
export const MAX_PROMPT = 10_000;

/** The number of completions, and of the characters in all of them. */
const MAX_COMPLETIONS = 1000;
const MAX_COMPLETED = 100_000;

/** The beginning of a text. Half a character, which the host could not read, is replaced. */
export function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}

/** The first completions, as many as may be sent. */
export function fewer(values: string[]): string[] {
  let room = MAX_COMPLETED;
  return values.slice(0, MAX_COMPLETIONS).map((value) => cut(value, MAX_PROMPT))
    .filter((value) => (room -= value.length) >= 0);
}

/** The characters of a piece of output. */
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

// The shape in which texts go to the host. It refuses longer ones, see `FrameBounds` in Frame.swift.

const encoder = new TextEncoder();

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

/** The same bytes in fewer pieces: texts that follow each other become one. */
export function joined(pieces: (string | Uint8Array)[]): Uint8Array[] {
  const whole: Uint8Array[] = [];
  let text: string[] = [];
  const end = () => {
    if (text.length > 0) whole.push(encoder.encode(text.join("")));
    text = [];
  };
  for (const piece of pieces) {
    if (typeof piece === "string") {
      text.push(piece);
    } else {
      end();
      whole.push(piece);
    }
  }
  end();
  return whole;
}

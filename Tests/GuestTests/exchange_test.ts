import { deepStrictEqual, strictEqual, throws } from "node:assert";
import {
  Answerer,
  Asker,
  type FileReply,
  type FileRequest,
  isRequest,
  makeExchange,
  MOST,
} from "../../Sources/PythonSandbox/Guest/channel/exchange.ts";
import { HostFiles } from "../../Sources/PythonSandbox/Guest/guest/hostfiles.ts";

const encoder = new TextEncoder();

class ErrnoError extends Error {
  constructor(readonly errno: number) {
    super();
  }
}

/** The guest's side before a host that has one file, and answers at once. */
function withFile(text: string) {
  const memory = makeExchange();
  const answerer = new Answerer(memory);
  const asked: FileRequest[] = [];
  const host = { bytes: encoder.encode(text), isInterrupted: false, isSlow: false };
  const answer = (request: FileRequest) => {
    const { offset = 0, length = 1 << 16, operation } = request;
    const content = operation === "read" || operation === "open"
      ? host.bytes.subarray(offset, offset + length)
      : [];
    answerer.content.set(content);
    const reply: FileReply = { error: 0, bytes: content.length, handle: operation === "open" ? 7 : 0 };
    if (operation === "write") {
      const { bytes } = request;
      host.bytes.set(answerer.content.subarray(0, bytes), offset);
      Object.assign(reply, { count: bytes, bytes: 0 });
    }
    answerer.answer(request.request, reply);
  };
  const ask = (request: FileRequest) => {
    asked.push(request);
    if (!host.isSlow) answer(request);
  };
  const files = new HostFiles(new Asker(memory, ask, () => host.isInterrupted), ErrnoError);
  return { files, host, asked, answer };
}

function read(
  files: HostFiles,
  file: Parameters<HostFiles["read"]>[0],
  length: number,
  position: number,
): string {
  const target = new Uint8Array(length);
  return new TextDecoder().decode(target.subarray(0, files.read(file, target, position)));
}

Deno.test("a small file is read by one question, and its end is told once", () => {
  const { files, host, asked } = withFile("hello");
  const { file } = files.open(0, "name", 0, 0);
  strictEqual(read(files, file!, 3, 0), "hel");
  strictEqual(read(files, file!, 10, 3), "lo");
  strictEqual(read(files, file!, 10, 5), "");
  strictEqual(asked.length, 1);
  host.bytes = encoder.encode("hello and more");
  strictEqual(read(files, file!, 20, 5), " and more");
  strictEqual(asked.length, 2);
});

Deno.test("a file that is read in order is read ahead, and what comes is right", () => {
  const text = Array.from({ length: 1 << 19 }, (_, index) => `${index} `).join("");
  const { files, asked } = withFile(text);
  const { file } = files.open(0, "name", 0, 0);
  const parts: string[] = [];
  for (let position = 0;;) {
    const part = read(files, file!, 5000 + position % 3000, position);
    if (part === "") break;
    parts.push(part);
    position += part.length;
  }
  strictEqual(parts.join(""), text);
  strictEqual(asked.length < 12, true, `${asked.length}`);
  strictEqual(asked.at(-1)!.length, MOST);
});

Deno.test("what was read before a write is read anew", () => {
  const { files } = withFile("hello world");
  const { file } = files.open(0, "name", 0, 0);
  strictEqual(read(files, file!, 5, 0), "hello");
  strictEqual(files.write(file!, encoder.encode("WO"), 6), 2);
  strictEqual(read(files, file!, 6, 5), " WOrld");
});

Deno.test("an interrupt ends a wait, and a file that is opened late is closed", () => {
  const { files, host, asked, answer } = withFile("hello");
  host.isSlow = host.isInterrupted = true;
  throws(() => files.open(0, "name", 0, 0), (error: ErrnoError) => error.errno === 27);
  // The host still works on the first question.
  throws(() => files.open(0, "name", 0, 0), (error: ErrnoError) => error.errno === 27);
  strictEqual(asked.length, 1);
  answer(asked[0]);
  host.isSlow = host.isInterrupted = false;
  files.open(0, "name", 0, 0);
  strictEqual(asked[1].closing, 7);
});

Deno.test("names that cannot be are refused before anybody is asked", () => {
  const { files, asked } = withFile("");
  const errno = (path: string) => {
    try {
      files.open(0, path, 0, 0);
    } catch (error) {
      return (error as ErrnoError).errno;
    }
  };
  deepStrictEqual(["a\0b", "n".repeat(256), "ab/".repeat(2000), "\ufffd", "\ud800"].map(errno), [
    28,
    37,
    37,
    25,
    25,
  ]);
  strictEqual(asked.length, 0);
});

Deno.test("the warden takes requests within their bounds alone", () => {
  const request = { request: 1, operation: "stat", mount: 0, bytes: 0 };
  strictEqual(isRequest(request, 1), true);
  const wrong = [
    { mount: 1 },
    { mount: -1 },
    { mount: undefined },
    { operation: "format" },
    { path: "/etc" },
    { path: "a\0b" },
    { path: "n".repeat(4096) },
    { path: 1 },
    { other: "\ud800" },
    { length: MOST + 1 },
    { offset: 0.5 },
    { flags: -1 },
    { mode: 0o10000 },
    { read: NaN },
    { bytes: 1 },
    { operation: "write", bytes: MOST + 1 },
    { request: "1" },
  ];
  for (const change of wrong) {
    strictEqual(isRequest({ ...request, ...change }, 1), false, JSON.stringify(change));
  }
  strictEqual(isRequest(null, 1), false);
});

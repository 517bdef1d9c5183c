// Deno is replaced by the program that the arguments name. The process stays the same, so its pipes, its
// signals and its exit status are the program's own.
const LIBRARY = Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6";

// C wants strings that end in NUL, and an array of their addresses that ends in a null pointer.
const words = Deno.args.map((word) => new TextEncoder().encode(word + "\0"));
const addresses = new BigUint64Array(words.length + 1);
words.forEach((word, index) => addresses[index] = Deno.UnsafePointer.value(Deno.UnsafePointer.of(word)));

const { symbols } = Deno.dlopen(LIBRARY, { execv: { parameters: ["buffer", "buffer"], result: "i32" } });
symbols.execv(words[0], addresses);
// Only a failure comes back.
console.error(`${Deno.args[0]} cannot be executed.`);
Deno.exit(126);

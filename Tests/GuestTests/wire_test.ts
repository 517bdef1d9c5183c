// The types of orders and frames are those that wire.json describes. The compiler compares them.
import { match, strictEqual } from "node:assert";
import wire from "../../Sources/PythonSandbox/Wire/wire.json" with { type: "json" };

type Type = string | readonly (string | number)[];
type Members = Record<string, Type>;

const WIRE_TS = new URL("../../Sources/PythonSandbox/Guest/channel/wire.ts", import.meta.url);
const CONFIG = new URL("../../Sources/PythonSandbox/Guest/deno.json", import.meta.url);
const TYPES: Record<string, string> = {
  boolean: "boolean",
  integer: "number",
  limits: "Limits",
  number: "number",
  numbers: "number[]",
  string: "string",
  strings: "string[]",
};

function typed(members: Members): string {
  const fields = Object.entries(members).map(([name, type]) => {
    if (typeof type !== "string") return `${name}: ${type.map((value) => JSON.stringify(value)).join(" | ")}`;
    const plain = TYPES[type.replace("?", "")];
    if (plain === undefined) throw new Error(`${name} has the type ${type}`);
    return `${name}${type.endsWith("?") ? "?" : ""}: ${plain}`;
  });
  return `{ ${fields.join("; ")} }`;
}

/** A module that can be compiled when the types are the same. */
function comparison(
  described: Record<"order" | "frame", Record<string, Members>> & { limits: Members },
): string {
  const lines = [
    `import type { Frame, Limits, Order } from "${WIRE_TS}";`,
    "type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;",
    `export const limits: Same<Limits, ${typed(described.limits)}> = true;`,
  ];
  for (const [union, kinds] of [["Order", described.order], ["Frame", described.frame]] as const) {
    const names = Object.keys(kinds).map((kind) => `"${kind}"`).join(" | ");
    lines.push(`export const kindsOf${union}: Same<${union}["kind"], ${names}> = true;`);
    for (const [kind, members] of Object.entries(kinds)) {
      const own = `Extract<${union}, { kind: "${kind}" }>`;
      const type = typed({ kind: [kind], ...members });
      lines.push(`export const ${union}_${kind}: Same<${own}, ${type}> = true;`);
    }
  }
  return lines.join("\n") + "\n";
}

/** The names of the constants at which the compiler found another type. */
async function differences(module: string): Promise<string[]> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, module);
    const check = new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--no-lock", "--config", CONFIG.pathname, file],
    });
    const { success, stderr } = await check.output();
    const text = new TextDecoder().decode(stderr);
    // A long line is not shown, so its number tells the name.
    const lines = module.split("\n");
    const found = [...text.matchAll(/\.ts:(\d+):\d+/g)].map(([_, number]) =>
      lines[Number(number) - 1].match(/^export const (\w+)/)?.[1] ?? text
    );
    strictEqual(success, found.length === 0, text);
    return found;
  } finally {
    await Deno.remove(file);
  }
}

const described = wire as unknown as Parameters<typeof comparison>[0];

Deno.test("orders and frames have the members that are described", async () => {
  strictEqual((await differences(comparison(described))).join(), "");
});

Deno.test("another description is noticed", async () => {
  const other = structuredClone(described);
  other.order.run.interactive = "string";
  delete other.order.hold.interrupts;
  other.order.complete.more = "integer?";
  other.frame.output.stream = [1, 2];
  other.frame.input.hidden = "boolean";
  other.frame.late = {};
  other.limits.files = "integer?";
  const found = await differences(comparison(other));
  for (const name of ["limits", "Order_run", "Order_hold", "Order_complete", "Frame_output", "Frame_input"]) {
    match(found.join(), new RegExp(`\\b${name}\\b`));
  }
  match(found.join(), /\bkindsOfFrame\b/);
  // The others are as they were; a start has the limits by name.
  strictEqual(found.filter((name) => /_(ready|begun|answer|checkpoint|start)$/.test(name)).join(), "");
});
